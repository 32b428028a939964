import Testing

@testable import Sandbox

/// Two workspaces on one host never meet.
struct IsolationTests {
    @Test func `a link in one workspace is none in the other`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.gina.types("/pd trigger", in: .globexOps)
            try await stage.gina.sees("Link your account once", in: .globexOps)
            try await stage.gina.types("/pd unlink", in: .globexOps)
            try await stage.gina.sees("there is nothing to unlink", in: .globexOps)
            try await stage.ada.types("/pd trigger")
            try await stage.ada.seesForm("Trigger an incident")
        }
    }

    @Test func `one PagerDuty user can be linked once in each workspace`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.gina.links(as: "Ada")
            try await stage.gina.types("/pd unlink", in: .globexOps)
            try await stage.gina.sees("Unlinked from *Ada Martin*", in: .globexOps)
            try await stage.ada.types("/pd trigger")
            try await stage.ada.seesForm("Trigger an incident")
        }
    }

    @Test func `subscriptions are listed where they were made`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.gina.links(as: "Grace")
            try await stage.ada.types("/pd insights")
            try await stage.ada.seesForm("Insights")
            try await stage.ada.fills(["Which teams need to be included?": ["SRE"]])
            try await stage.ada.sees("*Subscribed.*")
            try await stage.gina.types("/pd insights manage", in: .globexOps)
            try await stage.gina.sees("You have no subscriptions.", in: .globexOps)
            try await stage.ben.types("/pd insights manage")
            try await stage.ben.sees("You have no subscriptions.")
            try await stage.letTimePass(until: "the first report") {
                try await stage.ada.reads(stage.ada.direct).first { $0.reads.contains("Incident Activity") }
            }
            #expect(
                try await stage.gina.reads(stage.gina.direct).allSatisfy { !$0.reads.contains("Incident Activity") })
        }
    }

    @Test func `a plugin remembers for each workspace by itself`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.says("<@U0BOTHOST> one", in: .random)
            try await stage.ada.sees("Mentioned, number 1.", in: .random)
            try await stage.ada.says("<@U0BOTHOST> two", in: .random)
            try await stage.ada.sees("Mentioned, number 2.", in: .random)
            try await stage.gina.says("<@U0BOTHST2> one", in: .globexOps)
            try await stage.gina.sees("Mentioned, number 1.", in: .globexOps)
        }
    }

    @Test func `calls for a workspace carry its own token`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.gina.types("/pd form", in: .globexOps)
            try await stage.gina.seesForm("Probe 1")
            try await stage.gina.fills(["Name": "Gina"])
            try await stage.gina.sees("Sent Gina with no colour, depth 1.", in: .globexOps)
            #expect(try await stage.ada.forms().isEmpty)
        }
    }

    @Test func `another person's subscription cannot be ended`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd insights")
            try await stage.ada.seesForm("Insights")
            try await stage.ada.fills(["Which teams need to be included?": ["SRE"]])
            try await stage.ada.sees("*Subscribed.*")
            try await stage.ada.types("/pd insights manage")
            let list = try await stage.ada.sees("Next: ") { $0.labels.contains("Unsubscribe") }
            let button = try #require(
                BlockKitForm.elements(in: list.json["blocks"]?.array ?? []).first {
                    $0.element["type"]?.string == "overflow"
                })
            let payload: JSON = [
                "type": "block_actions", "team": ["id": "T0ACME001"],
                "user": ["id": "U0BEN0001", "team_id": "T0ACME001"],
                "channel": ["id": "C0GENERAL", "name": "general"], "trigger_id": "1.2.3",
                "container": ["type": "message", "message_ts": "1.2", "channel_id": "C0GENERAL", "is_ephemeral": true],
                "actions": [
                    [
                        "type": "overflow", "action_id": .string(button.actionID), "block_id": .string(button.blockID),
                        "selected_option": ElementValue.options(of: button.element).last ?? .null,
                        "action_ts": "1.2",
                    ]
                ],
            ]
            let answer = try await stage.slackSends(FormText.write([("payload", payload.text)]), json: false)
            #expect(answer.status == 200)
            try await stage.ada.types("/pd insights manage")
            try await stage.ada.sees("Next: ") { $0.labels.contains("Unsubscribe") }
            #expect(try await stage.ada.last().labels.contains("Unsubscribe"))
        }
    }
}
