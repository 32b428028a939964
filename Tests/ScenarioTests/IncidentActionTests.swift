import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// People act on an incident from its message, with their own PagerDuty token, and both sides stay in step.
@Suite struct IncidentActionTests {
    /// A connected channel with an incident in it, seen by everybody.
    private func watching(_ play: @Sendable (Stage, String, Shown) async throws -> Void) async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            let id = try stage.triggers("Carts are slow")
            let message = try await stage.ada.sees("Carts are slow", in: .incidents) {
                $0.reads.contains("Carts are slow") && $0.labels.contains("Resolve")
            }
            try await play(stage, id, message)
        }
    }

    @Test func `Acknowledge is done as the person who pressed, and seen in the message`() async throws {
        try await watching { stage, id, message in
            try await stage.ada.presses("Acknowledge", in: .incidents, on: message.ts)
            let after = try await stage.ada.sees("the acknowledged one", in: .incidents) {
                $0.ts == message.ts && $0.reads.contains("Acknowledged") && !$0.labels.contains("Acknowledge")
            }
            #expect(after.labels.contains("Resolve"))
            let incident = try stage.incident(id)
            #expect(incident.status == .acknowledged)
            // PagerDuty takes whoever's token it was for who did it.
            #expect(incident.lastStatusChangeBy.userID == stage.pagerDuty.user("Ada")?.id)
            #expect(stage.writes(on: id).count == 1)
        }
    }

    @Test func `Resolve can be undone for a minute by whoever resolved`() async throws {
        try await watching { stage, id, message in
            try await stage.ada.presses("Resolve", in: .incidents, on: message.ts)
            let answer = try await stage.ada.sees("You resolved", in: .incidents)
            #expect(answer.isEphemeral)
            #expect(try stage.incident(id).status == .resolved)
            try await stage.ada.presses("Undo", in: .incidents, on: answer.ts)
            try await stage.ada.sees("is open again", in: .incidents)
            #expect(try stage.incident(id).status == .triggered)
        }
    }

    @Test func `after a minute Undo does nothing and says so`() async throws {
        try await watching { stage, id, message in
            try await stage.ada.presses("Resolve", in: .incidents, on: message.ts)
            let answer = try await stage.ada.sees("You resolved", in: .incidents)
            stage.pass(.seconds(61))
            try await stage.ada.presses("Undo", in: .incidents, on: answer.ts)
            try await stage.ada.sees("too late to undo", in: .incidents)
            #expect(try stage.incident(id).status == .resolved)
        }
    }

    @Test func `of two people who resolve, the second hears that it was resolved already`() async throws {
        try await watching { stage, id, message in
            try await stage.ben.links()
            try await stage.ada.presses("Resolve", in: .incidents, on: message.ts)
            try await stage.ada.sees("You resolved", in: .incidents)
            _ = try await stage.clicks("resolve", value: id, as: stage.ben, on: message.ts)
            try await stage.ben.sees("was resolved already", in: .incidents)
            #expect(stage.writes(on: id).count == 1)
        }
    }

    @Test func `somebody without a linked account is asked for it, and nothing is done`() async throws {
        try await watching { stage, id, message in
            try await stage.ben.presses("Resolve", in: .incidents, on: message.ts)
            let prompt = try await stage.ben.sees("the prompt", in: .incidents) {
                $0.labels.contains("Link PagerDuty account")
            }
            #expect(prompt.isEphemeral)
            // A click is not kept for later, so nothing else is promised.
            #expect(prompt.reads.contains("and then do it once more."))
            #expect(try stage.incident(id).status == .triggered)
            #expect(stage.writes(on: id).isEmpty)
        }
    }

    @Test func `somebody whose role does not allow it hears so, and nothing is done`() async throws {
        try await watching { stage, id, message in
            try await stage.dan.links()
            try await stage.dan.presses("Resolve", in: .incidents, on: message.ts)
            let answer = try await stage.dan.sees("role doesn't allow this", in: .incidents)
            #expect(answer.isEphemeral)
            #expect(try stage.incident(id).status == .triggered)
        }
    }

    @Test func `a click that is not bound to the incident's own message does nothing and is audited`() async throws {
        try await watching { stage, id, message in
            let other = try stage.triggers("Something else")
            let second = try await stage.ada.sees("Something else", in: .incidents) {
                $0.reads.contains("Something else") && $0.labels.contains("Resolve")
            }
            let forged: [(value: String, ts: String)] = [
                // Another incident's message; a message of nobody's; a value that is none.
                (other, message.ts), (id, second.ts), (id, "1700000000.000001"), ("", message.ts),
                ("../users/me", message.ts), ("PNOSUCH1", message.ts),
            ]
            for (value, ts) in forged {
                _ = try await stage.clicks("resolve", value: value, as: stage.ada, on: ts)
                try await stage.ada.sees("does not belong to a message of an incident", in: .incidents)
            }
            #expect(stage.writes(on: id).isEmpty && stage.writes(on: other).isEmpty)
            #expect(try stage.incident(id).status == .triggered)
            #expect(try stage.incident(other).status == .triggered)
            let audit = try await stage.audited("incidents:incident.click_refused")
            #expect(audit == forged.count)
        }
    }

    @Test func `a person of another organization cannot act`() async throws {
        try await watching { stage, id, message in
            _ = try await stage.clicks("resolve", value: id, as: stage.gina, team: "T0ACME001", on: message.ts)
            // What Slack sends of somebody from elsewhere names their own workspace.
            #expect(try stage.incident(id).status == .triggered)
            #expect(stage.writes(on: id).isEmpty)
        }
    }

    @Test func `a note, a level, a priority and people are set from the menu`() async throws {
        try await watching { stage, id, message in
            try await stage.chooses("Add a Note", on: message)
            try await stage.ada.seesForm("Add a Note")
            try await stage.ada.fills(["Note": "The cache is cold"])
            #expect(try stage.incident(id).notes.map(\.content) == ["The cache is cold"])

            try await stage.chooses("Escalate", on: message)
            let form = try await stage.ada.seesForm("Escalate")
            #expect(form.fields == ["To which level"])
            try await stage.fillsChoice("2")
            #expect(try stage.incident(id).level == 2)

            try await stage.chooses("Change Priority", on: message)
            try await stage.ada.seesForm("Change Priority")
            try await stage.fillsChoice("PPRIO02")
            #expect(try stage.incident(id).priorityID == "PPRIO02")
            try await stage.ada.sees("the priority", in: .incidents) {
                $0.ts == message.ts && $0.reads.contains("P2")
            }
        }
    }

    @Test func `details show what was reported, written and done`() async throws {
        try await watching { stage, id, message in
            try stage.happens {
                _ = $0.annotate(
                    id, "The cache is cold", by: "PBENO01",
                    .init(agent: .user("PBENO01"), channel: "web", date: $1))
            }
            try await stage.chooses("View Details", on: message)
            let form = try await stage.ada.seesForm("Incident")
            #expect(form.reads.contains("Carts are slow"))
            #expect(form.reads.contains("The cache is cold"))
            #expect(form.reads.contains("Triggered"))
        }
    }

    @Test func `what PagerDuty refuses stands at the field, and nothing typed is lost`() async throws {
        try await watching { stage, id, message in
            try await stage.chooses("Escalate", on: message)
            try await stage.ada.seesForm("Escalate")
            // Meanwhile somebody finds that it can wait: PagerDuty escalates nothing of low urgency.
            try stage.happens {
                $0.setUrgency(id, "low", .init(agent: .user("PBENO01"), channel: "web", date: $1))
            }
            let deed = try await stage.ada.fills(["To which level": "2"])
            #expect(deed.errors["To which level"]?.contains("Low-urgency") == true, "\(deed.errors)")
            #expect(try await stage.ada.form().title == "Escalate")
        }
    }
}

extension Stage {
    func incident(_ id: String) throws -> PDIncident {
        try #require(pagerDuty.incidents.first { $0.id == id })
    }

    /// What the host changed of an incident, oldest first.
    func writes(on id: String) -> [JournalEntry] {
        sandbox.journal.entries().filter {
            $0.direction == .fromHost && $0.service == .pagerduty && $0.method != "GET" && $0.path.contains(id)
        }
    }

    func audited(_ action: String) async throws -> Int {
        try await host.store.auditEntries(limit: 100, before: nil).filter { $0.line.action == action }.count
    }

    /// A click as Slack sends it, with whatever value, on whatever message.
    /// - Parameter team: The workspace that the click says it comes from; the person's own where it is not said.
    func clicks(
        _ action: String, value: String, as persona: Persona, team: String? = nil, on ts: String
    ) async throws -> Loopback.Answer {
        let team = team ?? persona.team
        let answers = await sandbox.slack.makeResponseURL(
            "actions", team: team, user: persona.id, channel: Place.incidents.id, messageTS: ts, threadTS: nil)
        let payload: JSON = [
            "type": "block_actions", "api_app_id": "A0BOTHOST", "trigger_id": "1.2.3",
            "team": ["id": .string(team), "domain": "acme"],
            "user": ["id": .string(persona.id), "team_id": .string(persona.team)],
            "channel": ["id": .string(Place.incidents.id), "name": "incidents"],
            "container": [
                "type": "message", "message_ts": .string(ts), "channel_id": .string(Place.incidents.id),
                "is_ephemeral": false,
            ],
            "message": ["ts": .string(ts), "text": ""], "response_url": .string(answers),
            "actions": [
                [
                    "type": "button", "action_id": .string("incidents:\(action)"), "block_id": "incidents:controls",
                    "value": .string(value), "text": ["type": "plain_text", "text": "Resolve"],
                    "action_ts": "1767625200.1",
                ]
            ],
        ]
        let form = "payload=" + (payload.text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        return try await slackSends(form, json: false)
    }

    /// An entry of "More actions…", chosen by Ada.
    func chooses(_ entry: String, on message: Shown) async throws {
        try await ada.presses("More actions…", in: .incidents, choosing: .string(entry), on: message.ts)
    }

    /// Chooses the option with a value in the form that lies open before Ada, and submits it.
    func fillsChoice(_ value: String) async throws {
        let form = try await ada.form()
        let label = try #require(form.fields.first)
        let deed = try await ada.fills([label: .string(value)])
        #expect(deed.errors.isEmpty, "\(deed.errors)")
    }
}
