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
            #expect(prompt.reads.contains("and I will go on, if that takes you no longer than 90 seconds."))
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

    @Test func `a person of another organization cannot act, whatever they have linked`() async throws {
        try await watching { stage, id, message in
            // What Slack sends of somebody from elsewhere in a shared channel names the workspace of the channel, and theirs.
            _ = try await stage.clicks("resolve", value: id, as: stage.gina, team: "T0ACME001", on: message.ts)
            _ = try await stage.eventually("nobody tells Gina why not", at: #_sourceLocation) {
                stage.calls("response_url").first { $0.request.contains("you are here through a shared channel") }
            }
            #expect(try stage.incident(id).status == .triggered)
            #expect(stage.writes(on: id).isEmpty)
        }
    }

    @Test func `nobody can undo for somebody else`() async throws {
        try await watching { stage, id, message in
            try await stage.ben.links()
            try await stage.ada.presses("Resolve", in: .incidents, on: message.ts)
            try await stage.ada.sees("You resolved", in: .incidents)
            _ = try await stage.clicks("undo", value: id, as: stage.ben, on: message.ts)
            _ = try await stage.eventually("nobody tells Ben that this is not his", at: #_sourceLocation) {
                stage.calls("response_url").first { $0.request.contains("too late to undo") }
            }
            #expect(try stage.incident(id).status == .resolved)
            #expect(stage.writes(on: id).count == 1)
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

    @Test func `help is asked for, people put in charge, a workflow started, an update published`() async throws {
        try await watching { stage, id, message in
            try await stage.chooses("Add Responders", on: message)
            try await stage.ada.seesForm("Add Responders")
            try await stage.fills(["Whom to ask": ["Grace Lee"], "What to tell them": "Have a look at the cache"])
            let asked = try #require(try stage.incident(id).responders.first)
            #expect(asked.userID == "PGRAC01")
            #expect(asked.message == "Have a look at the cache")

            try await stage.chooses("Reassign", on: message)
            try await stage.ada.seesForm("Reassign")
            try await stage.fills(["To whom": ["Ivan Petrov", "Grace Lee"]])
            #expect(Set(try stage.incident(id).assignments.map(\.userID)) == ["PIVAN01", "PGRAC01"])

            try await stage.chooses("Run a Play", on: message)
            let form = try await stage.ada.seesForm("Run a Play")
            #expect(form.fields == ["Workflow"])
            let workflow = try #require(stage.pagerDuty.simulator.with { $0.account.workflows.first })
            try await stage.fills(["Workflow": .string(workflow.name)])
            let runs = stage.pagerDuty.simulator.with { $0.account.workflowInstances.filter { $0.incidentID == id } }
            #expect(runs.map(\.workflowID) == [workflow.id])

            try await stage.chooses("Status Update", on: message)
            try await stage.ada.seesForm("Status Update")
            try await stage.fills(["Status update": "We are on it"])
            #expect(try stage.incident(id).statusUpdates.map(\.message) == ["We are on it"])
            // PagerDuty writes down whose token each was done with.
            let people = try stage.incident(id).log.compactMap(\.agent.userID)
            #expect(people.count >= 4)
            #expect(Set(people) == ["PADAM01"])
        }
    }

    @Test func `an acknowledged incident can be snoozed, a resolved one opened again`() async throws {
        try await watching { stage, id, message in
            try await stage.ada.presses("Acknowledge", in: .incidents, on: message.ts)
            let acknowledged = try await stage.ada.sees("the acknowledged one", in: .incidents) {
                $0.ts == message.ts && $0.reads.contains("Acknowledged by")
            }
            try await stage.chooses("Snooze", on: acknowledged)
            try await stage.ada.seesForm("Snooze")
            try await stage.fills(["For how long": "4 hours"])
            #expect(
                try stage.incident(id).log.contains { entry in
                    guard case .snooze(let until) = entry.kind else { return false }
                    return abs(until.timeIntervalSince(entry.at) - 4 * 3600) < 1
                })

            // Of two things in the same moment nobody can say which was the later one.
            stage.pass(.seconds(5))
            try await stage.ada.presses("Resolve", in: .incidents, on: message.ts)
            let resolved = try await stage.ada.sees("the resolved one", in: .incidents) {
                $0.ts == message.ts && $0.reads.contains("Resolved by")
            }
            #expect(!resolved.labels.contains("Resolve"))
            try await stage.chooses("Reopen", on: resolved)
            #expect(try stage.incident(id).status == .triggered)
        }
    }

    @Test func `an account without a thing is told so, and so is one whose plan lacks it`() async throws {
        try await watching { stage, id, message in
            try stage.happens { account, _ in
                account.workflows = []
                account.abilities.removeAll { $0 == "status_updates" }
            }
            try await stage.chooses("Run a Play", on: message)
            let form = try await stage.ada.seesForm("Run a Play")
            #expect(form.reads.contains("no workflow"))
            #expect(form.submit == nil)
            try await stage.ada.closes()
            try await stage.chooses("Status Update", on: message)
            try await stage.ada.seesForm("Status Update")
            let deed = try await stage.ada.fills(["Status update": "We are on it"])
            #expect(deed.errors["Status update"]?.contains("plan") == true, "\(deed.errors)")
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
        // The menu's choice is an option.
        let chosen: [String: JSON] =
            action == "more"
            ? ["type": "static_select", "selected_option": ["value": .string(value)]]
            : ["type": "button", "value": .string(value)]
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
                JSON.object([
                    "action_id": .string("incidents:\(action)"), "block_id": "incidents:controls",
                    "text": ["type": "plain_text", "text": "Resolve"], "action_ts": "1767625200.1",
                ]).with(chosen)
            ],
        ]
        let form = "payload=" + (payload.text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        return try await slackSends(form, json: false)
    }

    /// An entry of "More actions…", chosen by Ada.
    func chooses(_ entry: String, on message: Shown) async throws {
        try await ada.presses("More actions…", in: .incidents, choosing: .string(entry), on: message.ts)
    }

    /// Fills in the form that lies open before Ada, and sends it without an objection.
    func fills(_ values: [String: JSON]) async throws {
        let deed = try await ada.fills(values)
        #expect(deed.errors.isEmpty, "\(deed.errors)")
    }

    /// Chooses the option with a value in the form that lies open before Ada, and submits it.
    func fillsChoice(_ value: String) async throws {
        let form = try await ada.form()
        let label = try #require(form.fields.first)
        try await fills([label: .string(value)])
    }
}
