import Testing

@testable import Sandbox

/// `/pd trigger`
struct TriggerTests {
    @Test func `an incident is created as the linked person, who gets its number, link and title`() async throws {
        try await Stage.set { stage in
            try await stage.ben.links()
            try await stage.ben.types("/pd trigger", in: .incidents)
            let form = try await stage.ben.seesForm("Trigger an incident")
            #expect(form.fields == ["Impacted Service", "Title", "Description", "Assign to", "Priority", "Urgency"])
            let deed = try await stage.ben.fills(
                [
                    "Impacted Service": "Checkout", "Title": "Pay button <dead> & gone", "Description": "Since noon",
                    "Assign to": "Grace Lee", "Priority": "P1", "Urgency": "High",
                ])
            #expect(deed.outcome == "ok")
            let answer = try await stage.ben.sees("Triggered <http", in: .incidents)
            #expect(answer.isEphemeral)
            #expect(answer.reads.contains("Pay button <dead> & gone"))

            let incident = try #require(stage.pagerDuty.incidents(titled: "Pay button <dead> & gone").first)
            #expect(answer.reads.contains("incident #\(incident.number)"))
            #expect(incident.serviceID == "PSVCHK1")
            #expect(incident.details == "Since noon")
            #expect(incident.urgency == "high")
            #expect(incident.priorityID == "PPRIO01")
            #expect(incident.assignments.map(\.userID) == ["PGRAC01"])
            #expect(incident.log.first?.agent == .user("PBENO01"))
        }
    }

    @Test func `fields are filled in from what was typed`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types(#"/pd trigger checkout "Database is down" --urgency low --priority P2"#)
            let form = try await stage.ada.seesForm("Trigger an incident")
            #expect(form.initial("Impacted Service") == "Checkout")
            #expect(form.initial("Title") == "Database is down")
            #expect(form.initial("Urgency") == "Low")
            #expect(form.initial("Priority") == "P2")
            try await stage.ada.fills()
            try await stage.ada.sees("Database is down")
            #expect(stage.pagerDuty.incidents(titled: "Database is down").map(\.urgency) == ["low"])
        }
    }

    @Test func `somebody to assign to is named by a mention`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types(#"/pd trigger search "Slow" --assign-to @ben"#)
            let form = try await stage.ada.seesForm("Trigger an incident")
            #expect(form.initial("Assign to") == "Ben Okafor")
        }
    }

    @Test func `what the words do not name clearly is asked for`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types(#"/pd trigger "<nothing> & co" "It broke" --priority P9"#)
            let form = try await stage.ada.seesForm("Trigger an incident")
            #expect(form.reads.contains("No service is called “<nothing> & co”"))
            #expect(form.reads.contains("There is no priority “P9”."))
            #expect(form.initial("Title") == "It broke")
        }
    }

    @Test func `the form opens within three seconds although PagerDuty takes five`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            stage.breaks(.pagerduty, .slow(.seconds(5)))
            let deed = try await stage.ada.types("/pd trigger checkout Down")
            #expect(deed.outcome == "ok")
            try await stage.ada.seesForm("that is loading") { $0.isLoading && $0.title == "Trigger an incident" }
            let form = try await stage.letTimePass(until: "PagerDuty's answer") {
                try await stage.ada.forms().last.flatMap { $0.isLoading ? nil : $0 }
            }
            #expect(form.initial("Impacted Service") == "Checkout")
        }
    }

    @Test func `a form that is sent to a slow PagerDuty makes one incident, and says so`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Slow")
            try await stage.ada.seesForm("Trigger an incident")
            stage.breaks(.pagerduty, .slow(.seconds(5)), only: "POST /incidents")
            let heard = try await stage.letTimePass { try await stage.ada.fills() }
            #expect(heard.outcome == "ok")
            try await stage.letTimePass(until: "the incident") {
                try await stage.ada.reads(.general).contains { $0.reads.contains("Triggered <http") } ? true : nil
            }
            #expect(stage.pagerDuty.incidents(titled: "Slow").count == 1)
        }
    }

    @Test func `a form whose answer from PagerDuty was lost makes one incident`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Lost")
            try await stage.ada.seesForm("Trigger an incident")
            stage.breaks(.pagerduty, .lost, only: "POST /incidents", times: 1)
            try await stage.ada.fills()
            try await stage.ada.sees("Triggered <http")
            #expect(stage.pagerDuty.incidents(titled: "Lost").count == 1)
        }
    }

    @Test func `a form that is sent twice makes one incident`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Twice")
            let form = try await stage.ada.seesForm("Trigger an incident")
            let first = try await stage.ada.fills()
            #expect(first.errors.isEmpty)
            // The very same request again, as a proxy or an impatient client would send it.
            let sent = try #require(stage.sandbox.journal.entries().last { $0.kind == "view_submission" }?.request)
            #expect(sent.contains(form.id))
            let again = try await stage.slackSends(FormText.write([("payload", sent)]), json: false)
            #expect(again.status == 200)
            #expect(stage.pagerDuty.incidents(titled: "Twice").count == 1)
        }
    }

    @Test func `a service that is gone stands at its field`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Gone")
            try await stage.ada.seesForm("Trigger an incident")
            stage.pagerDuty.change { account in account.services.removeAll { $0.id == "PSVCHK1" } }
            let deed = try await stage.ada.fills()
            #expect(deed.errors["Impacted Service"] != nil, "\(deed.errors)")
            #expect(stage.pagerDuty.incidents(titled: "Gone").isEmpty)
        }
    }

    @Test func `a service that was disabled stands at its field`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Off")
            try await stage.ada.seesForm("Trigger an incident")
            stage.pagerDuty.change { account in account.services[0].disabled = true }
            let deed = try await stage.ada.fills()
            #expect(deed.errors["Impacted Service"] != nil, "\(deed.errors)")
        }
    }

    @Test func `an observer may trigger, a stakeholder is told why not`() async throws {
        try await Stage.set { stage in
            try await stage.dan.links()
            try await stage.dan.types("/pd trigger search Observed")
            try await stage.dan.seesForm("Trigger an incident")
            try await stage.dan.fills()
            try await stage.dan.sees("Triggered <http")

            try await stage.ben.links(as: "Nora")
            try await stage.ben.types("/pd trigger search Held")
            try await stage.ben.seesForm("Trigger an incident")
            let deed = try await stage.ben.fills()
            #expect(deed.errors["Impacted Service"]?.contains("Your PagerDuty role doesn't allow this") == true)
        }
    }

    @Test func `a workspace without an account is told the cause, the mend and 403_client_error`() async throws {
        var setup = Stage.Setup()
        setup.isConnectedToPagerDuty = false
        try await Stage.set(setup) { stage in
            try await stage.ada.types("/pd trigger")
            let answer = try await stage.ada.sees("403_client_error")
            #expect(answer.reads.contains("is not connected to a PagerDuty account"))
            #expect(answer.reads.contains("Ask an administrator to connect it"))
        }
    }

    @Test func `an account without priorities has a form without them`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            stage.pagerDuty.change { $0.priorities = [] }
            try await stage.ada.types("/pd trigger checkout Plain")
            let form = try await stage.ada.seesForm("Trigger an incident")
            #expect(!form.fields.contains("Priority"))
            try await stage.ada.fills()
            try await stage.ada.sees("Triggered <http")
        }
    }

    @Test func `a default urgency of the workspace stands in the form`() async throws {
        let plugins = #"{"plugins": {"help": {}, "insights": {}, "trigger": {"settings": {"defaultUrgency": "low"}}}}"#
        try await Stage.set(Stage.Setup(plugins: plugins)) { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger")
            let form = try await stage.ada.seesForm("Trigger an incident")
            #expect(form.initial("Urgency") == "Low")
        }
    }
}
