import BotHost
import Testing

@testable import Sandbox

/// The step "Trigger Incident" in workflows of Slack's Workflow Builder.
struct WorkflowTests {
    private static let step = "trigger_incident"

    private static func inputs(_ more: [String: JSON] = [:], for person: String = "U0ADA0001") -> [String: JSON] {
        [
            "impacted_service": "Checkout", "title": "Orders pile up", "on_behalf_of": .string(person),
        ].merging(more) { $1 }
    }

    private static func allowed(_ stage: Stage) async throws {
        try await stage.ada.links()
        try await stage.dan.runs(step, inputs())
        try await stage.ada.sees("A workflow wants to trigger an incident", in: stage.ada.direct)
        try await stage.ada.presses("Allow workflows", in: stage.ada.direct)
        try await stage.ada.sees("Workflows may trigger incidents as you.", in: stage.ada.direct)
    }

    @Test(arguments: [false, true])
    func `somebody without a licence triggers by a workflow that somebody with one stands behind`(
        overSockets: Bool
    ) async throws {
        var setup = Stage.Setup()
        setup.isSocketMode = overSockets
        try await Stage.set(setup) { stage in
            if overSockets { try await stage.hasSockets(3) }
            try await Self.allowed(stage)
            try await stage.dan.runs(
                Self.step,
                Self.inputs(["assign_to": "U0BEN0001", "priority": "P2", "description": "Since noon"]))
            let told = try await stage.dan.sees("✅ Trigger Incident")
            let incident = try #require(stage.pagerDuty.incidents(titled: "Orders pile up").first)
            #expect(told.reads.contains("Impacted technical service: Checkout"))
            #expect(told.reads.contains("Incident number: \(incident.number)"))
            #expect(told.reads.contains("Incident title: Orders pile up"))
            #expect(told.reads.contains("Incident URL: http"))
            #expect(incident.details == "Since noon")
            #expect(incident.priorityID == "PPRIO02")
            #expect(incident.assignments.map(\.userID) == ["PBENO01"])
            #expect(incident.log.first?.agent == .user("PADAM01"))
            #expect(stage.pagerDuty.incidents(titled: "Orders pile up").count == 1)
            try await stage.ada.sees("A workflow triggered", in: stage.ada.direct)
        }
    }

    @Test func `nobody is acted for who has not allowed it, and each is asked once`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            for _ in 1...2 {
                let run = try await stage.dan.runs(Self.step, Self.inputs())
                let end = try await stage.end(of: run)
                #expect(end["error"]?.string?.contains("must first allow workflows") == true)
            }
            try await stage.ada.sees("A workflow wants to trigger an incident", in: stage.ada.direct)
            let questions = try await stage.ada.reads(stage.ada.direct).filter { $0.reads.contains("A workflow wants") }
            #expect(questions.count == 1)
            #expect(stage.pagerDuty.incidents(titled: "Orders pile up").isEmpty)
        }
    }

    @Test func `who said no is not acted for, and may change their mind`() async throws {
        try await Stage.set { stage in
            try await Self.allowed(stage)
            try await stage.ada.presses("Stop workflows", in: stage.ada.direct)
            try await stage.ada.sees("Workflows may not trigger incidents as you.", in: stage.ada.direct)
            let run = try await stage.dan.runs(Self.step, Self.inputs())
            let end = try await stage.end(of: run)
            #expect(end["error"]?.string?.contains("does not let workflows trigger incidents") == true)
            #expect(stage.pagerDuty.incidents(titled: "Orders pile up").isEmpty)
        }
    }

    @Test func `a person without a linked account is told how to link one`() async throws {
        try await Stage.set { stage in
            let end = try await stage.end(of: try await stage.dan.runs(Self.step, Self.inputs()))
            #expect(end["error"]?.string?.contains("has linked no PagerDuty account") == true)
        }
    }

    @Test func `what a workflow fills in wrongly ends it with the reason`() async throws {
        try await Stage.set { stage in
            try await Self.allowed(stage)
            for (inputs, reason) in [
                (["impacted_service": "Nothing of the kind"], "No service is called"),
                (["priority": "P9"], "There is no priority"), (["title": "   "], "“Title” is empty"),
                (["on_behalf_of": "nobody"], "“On behalf of”: a person is needed"),
            ] as [([String: JSON], String)] {
                let end = try await stage.end(of: try await stage.dan.runs(Self.step, Self.inputs(inputs)))
                #expect(end["error"]?.string?.contains(reason) == true, "\(end)")
            }
        }
    }

    @Test func `an execution that Slack sends twice makes one incident`() async throws {
        try await Stage.set { stage in
            try await Self.allowed(stage)
            stage.breaks(.host, .lost, only: "event:function_executed", times: 1)
            let run = try await stage.dan.runs(Self.step, Self.inputs())
            #expect(try await stage.end(of: run)["state"] == "completed")
            #expect(stage.pagerDuty.incidents(titled: "Orders pile up").count == 1)
        }
    }

    @Test func `while PagerDuty is away it is tried again, and given up while it is still news`() async throws {
        try await Stage.set { stage in
            try await Self.allowed(stage)
            stage.breaks(.pagerduty, .down)
            let run = try await stage.dan.runs(Self.step, Self.inputs())
            try await stage.letTimePass(for: .seconds(8))
            #expect(try await stage.run(run)["state"] == "running")
            stage.mends()
            try await stage.letTimePass(until: "the end of the step") {
                try await stage.run(run)["state"] == "completed" ? true : nil
            }
        }
    }

    @Test func `a step that is switched off or unknown does not keep a workflow waiting`() async throws {
        try await Stage.set { stage in
            try stage.writes(plugins: #"{"plugins": {"help": {}, "trigger": {"enabled": false}}}"#)
            try await stage.letTimePass(until: "the new plugins.json") {
                stage.host.policySource.policy.isEnabledAnywhere("trigger") ? nil : true
            }
            let end = try await stage.end(of: try await stage.dan.runs(Self.step, Self.inputs()))
            #expect(end["error"]?.string?.contains("switched off in this workspace") == true)
        }
    }

    @Test func `the workflow's own token is stored nowhere`() async throws {
        try await Stage.set { stage in
            let run = try await stage.dan.runs(Self.step, Self.inputs())
            _ = try await stage.end(of: run)
            #expect(!(try stage.databaseHolds("xwfp-")))
            #expect(try stage.databaseHolds(run))
        }
    }

    @Test func `a retired step from an app is answered with what to do`() async throws {
        try await Stage.set { stage in
            _ = try await stage.slackSends(
                event: [
                    "type": "workflow_step_execute", "callback_id": "trigger",
                    "workflow_step": ["workflow_step_execute_id": "W1.2", "workflow_id": "3", "step_id": "4"],
                ], id: "EvOLDSTEP")
            try await stage.eventually("an answer", at: #_sourceLocation) { stage.calls("workflows.stepFailed").first }
        }
    }
}
