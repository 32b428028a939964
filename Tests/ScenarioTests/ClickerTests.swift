import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// Who may press what on an incident's message: everybody × everything, with what PagerDuty received of it, whose token
/// that carried, what stands in the audit log, and what the person reads.
@Suite struct ClickerTests {
    /// Everything that can be pressed: the two buttons, and the entries of the menu.
    static let actions: [(action: String, entry: String?)] =
        [("ack", nil), ("resolve", nil)]
        + [
            "details", "note", "escalate", "play", "reassign", "snooze", "priority", "responders", "status", "channel",
            "reopen",
        ]
        .map { ("more", $0) }

    private func value(_ entry: String?, _ incident: String) -> String { entry.map { "\($0)/\(incident)" } ?? incident }

    /// A connected channel with two incidents in it; only Ada is linked.
    private func watching(
        signsIn: Bool = false, _ play: @escaping @Sendable (Stage, _ id: String, _ message: Shown) async throws -> Void
    ) async throws {
        var setup = Stage.Setup()
        setup.signsIn = signsIn
        try await Stage.set(setup) { stage in
            if signsIn {
                try await stage.ada.types("/pd connect Checkout", in: .incidents)
                try await stage.ada.signsIn(in: .incidents)
            }
            try await stage.ada.connects("Checkout", to: .incidents, isLinked: signsIn)
            let id = try stage.triggers("Carts are slow")
            let message = try await stage.ada.sees("Carts are slow", in: .incidents) {
                $0.reads.contains("Carts are slow") && $0.labels.contains("Resolve")
            }
            try await play(stage, id, message)
        }
    }

    /// How often somebody was told something by the host.
    private func told(_ sentence: String, _ stage: Stage) -> Int {
        ["response_url", "chat.postEphemeral", "chat.postMessage"].flatMap { stage.calls($0) }
            .count { $0.request.contains(sentence) }
    }

    /// Presses everything as somebody, and expects the same sentence each time, an audit line each time, and nothing at
    /// PagerDuty.
    private func expectRefused(
        _ persona: Persona, team: String? = nil, incident: String, on ts: String, value: ((String?) -> String)? = nil,
        sentence: String, audit: String, _ stage: Stage, at place: SourceLocation = #_sourceLocation
    ) async throws {
        let before = stage.writes(on: incident).count
        let audited = try await stage.audited(audit)
        for (index, press) in Self.actions.enumerated() {
            let carried = value?(press.entry) ?? self.value(press.entry, incident)
            _ = try await stage.clicks(press.action, value: carried, as: persona, team: team, on: ts)
            _ = try await stage.eventually("“\(sentence)” after \(press)", at: place) {
                told(sentence, stage) >= index + 1 ? true : nil
            }
        }
        #expect(stage.writes(on: incident).count == before, sourceLocation: place)
        #expect(try stage.incident(incident).status == .triggered, sourceLocation: place)
        #expect(try await stage.audited(audit) == audited + Self.actions.count, sourceLocation: place)
        #expect(try await stage.forms(of: persona).isEmpty, sourceLocation: place)
    }

    @Test("linked: what is pressed is done with that person's token, and nothing with another")
    func linked() async throws {
        try await watching { stage, id, message in
            _ = try await stage.clicks("ack", value: id, as: stage.ada, on: message.ts)
            _ = try await stage.eventually("it is not acknowledged", at: #_sourceLocation) {
                try stage.incident(id).status == .acknowledged ? true : nil
            }
            _ = try await stage.clicks("resolve", value: id, as: stage.ada, on: message.ts)
            try await stage.ada.sees("You resolved", in: .incidents)
            #expect(stage.writes(on: id).map(\.caller) == ["PADAM01", "PADAM01"])
            for deed in ["acknowledge", "resolve"] {
                _ = try await stage.eventually("\(deed) is not noted", at: #_sourceLocation) {
                    try await stage.audited("incidents:incident.\(deed)") == 1 ? true : nil
                }
            }
        }
    }

    @Test("unlinked: asked to link, nothing is done")
    func unlinked() async throws {
        try await watching { stage, id, message in
            try await expectRefused(
                stage.ben, incident: id, on: message.ts, sentence: "Link your account once",
                audit: "account.link_asked", stage)
        }
    }

    @Test("wrong role: PagerDuty says no, and the person hears it")
    func wrongRole() async throws {
        try await watching { stage, id, message in
            try await stage.dan.links()
            for action in ["ack", "resolve"] {
                _ = try await stage.clicks(action, value: id, as: stage.dan, on: message.ts)
            }
            _ = try await stage.eventually("Dan hears nothing", at: #_sourceLocation) {
                told("role doesn't allow this", stage) == 2 ? true : nil
            }
            try await stage.dan.presses("More actions…", in: .incidents, choosing: "Add a Note", on: message.ts)
            try await stage.dan.seesForm("Add a Note")
            let deed = try await stage.dan.fills(["Note": "Let me in"])
            #expect(deed.errors["Note"]?.contains("role doesn't allow this") == true, "\(deed.errors)")
            #expect(try stage.incident(id).status == .triggered)
            #expect(try stage.incident(id).notes.isEmpty)
            // PagerDuty was asked, with Dan's own token, and decided.
            #expect(Set(stage.writes(on: id).map(\.caller)) == ["PDANR01"])
            #expect(stage.writes(on: id).allSatisfy { $0.status == 403 })
            for deed in ["acknowledge", "resolve", "note"] {
                #expect(try await stage.audited("incidents:incident.\(deed)_refused") == 1, "\(deed)")
            }
        }
    }

    @Test("other account: a person who is linked elsewhere than the workspace is asked to link, nothing is done")
    func otherAccount() async throws {
        try await watching { stage, id, message in
            try await stage.host.store.mapInstallation(
                "T0ACME001", provider: "pagerduty", to: MappedAccount(accountID: "PINITR1", subdomain: "initrode"),
                at: stage.clock.now)
            stage.pass(.seconds(6))
            for action in ["ack", "resolve"] {
                _ = try await stage.clicks(action, value: id, as: stage.ada, on: message.ts)
            }
            _ = try await stage.eventually("Ada hears nothing", at: #_sourceLocation) {
                told("Link your account once", stage) == 2 ? true : nil
            }
            #expect(stage.writes(on: id).isEmpty)
            #expect(try await stage.audited("account.link_asked") >= 2)
        }
    }

    @Test("other workspace: a message of this one is none of that one's")
    func otherWorkspace() async throws {
        try await watching { stage, id, message in
            try await expectRefused(
                stage.hugo, incident: id, on: message.ts, sentence: "does not belong to a message of an incident",
                audit: "incidents:incident.click_refused", stage)
        }
    }

    @Test("guest: whoever is a guest acts as nobody, linked or not")
    func guest() async throws {
        try await watching { stage, id, message in
            try await expectRefused(
                stage.eve, incident: id, on: message.ts, sentence: "Guests of this workspace cannot act in PagerDuty",
                audit: "account.guest_refused", stage)
            // Somebody who was linked, and is a guest since.
            try await stage.host.store.link(
                BotStore.LinkedAccount(
                    provider: "pagerduty", person: PersonKey(teamID: "T0ACME001", userID: stage.eve.id),
                    accountID: "acme", providerUserID: "POLGA01", name: "Olga Owner", email: "olga.owner@acme.example",
                    credential: Secret(try stage.pagerDuty.token(of: "Olga")), createdAt: stage.clock.now))
            let before = told("Guests of this workspace cannot act in PagerDuty", stage)
            for action in ["ack", "resolve"] {
                _ = try await stage.clicks(action, value: id, as: stage.eve, on: message.ts)
            }
            _ = try await stage.eventually("Eve hears nothing", at: #_sourceLocation) {
                told("Guests of this workspace cannot act in PagerDuty", stage) == before + 2 ? true : nil
            }
            #expect(stage.writes(on: id).isEmpty)
        }
    }

    @Test("person of another organization: nothing, whatever they press in a shared channel")
    func stranger() async throws {
        try await watching { stage, id, message in
            try await expectRefused(
                stage.gina, team: "T0ACME001", incident: id, on: message.ts,
                sentence: "you are here through a shared channel", audit: "stranger.refused", stage)
        }
    }

    @Test("stale message: one that shows no incident any more is no way to one")
    func staleMessage() async throws {
        try await watching { stage, id, _ in
            try await expectRefused(
                stage.ada, incident: id, on: "1700000000.000001",
                sentence: "does not belong to a message of an incident", audit: "incidents:incident.click_refused",
                stage)
        }
    }

    @Test("forged value: the incident of another message, one of nobody's, none at all")
    func forgedValue() async throws {
        try await watching { stage, id, message in
            let other = try stage.triggers("Something else")
            try await stage.ada.sees("Something else", in: .incidents)
            try await expectRefused(
                stage.ada, incident: id, on: message.ts, value: { self.value($0, other) },
                sentence: "does not belong to a message of an incident", audit: "incidents:incident.click_refused",
                stage)
            #expect(stage.writes(on: other).isEmpty)
        }
    }

    @Test("interrupted: within 90 seconds a click goes on after linking, with that person's token, once")
    func interrupted() async throws {
        try await watching(signsIn: true) { stage, id, message in
            try await stage.ben.presses("Acknowledge", in: .incidents, on: message.ts)
            try await stage.ben.sees("and I will go on, if that takes you no longer than 90 seconds", in: .incidents)
            stage.pass(.seconds(20))
            try await stage.ben.signsIn(in: .incidents)
            _ = try await stage.eventually("it is not acknowledged", at: #_sourceLocation) {
                try stage.incident(id).status == .acknowledged ? true : nil
            }
            _ = try await stage.eventually("it is not noted", at: #_sourceLocation) {
                try await stage.audited("incidents:incident.acknowledge") == 1 ? true : nil
            }
            #expect(stage.writes(on: id).map(\.caller) == ["PBENO01"])
        }
    }

    @Test("interrupted: what has changed meanwhile is looked at anew")
    func overtaken() async throws {
        try await watching(signsIn: true) { stage, id, message in
            try await stage.ben.presses("Resolve", in: .incidents, on: message.ts)
            try await stage.ada.presses("Resolve", in: .incidents, on: message.ts)
            try await stage.ada.sees("You resolved", in: .incidents)
            try await stage.ben.signsIn(in: .incidents)
            try await stage.ben.sees("was resolved already", in: .incidents)
            #expect(stage.writes(on: id).map(\.caller) == ["PADAM01"])
        }
    }

    @Test("expired: after 90 seconds a click is not carried out, and the person is told so")
    func expired() async throws {
        try await watching(signsIn: true) { stage, id, message in
            for (index, press) in ["Acknowledge", "Resolve"].enumerated() {
                let earlier = Set(try await stage.ben.reads(.incidents).map(\.ts))
                try await stage.ben.presses(press, in: .incidents, on: message.ts)
                try await stage.ben.sees("the new prompt", in: .incidents) {
                    !earlier.contains($0.ts) && $0.labels.contains("Link your account")
                }
                let link = try await stage.ben.linkAddress(in: .incidents)
                stage.pass(.seconds(91))
                let browser = Browser()
                let slack = try await stage.ben.opens(link, in: browser)
                let service = try await stage.ben.answersSlack(slack, in: browser)
                try await stage.ben.confirms(
                    try await stage.ben.answersPagerDuty(service, in: browser), in: browser)
                _ = try await stage.eventually("Ben is not told", at: #_sourceLocation) {
                    told("more than 90 seconds ago, so I did not carry it out", stage) >= index + 1 ? true : nil
                }
                #expect(try await stage.audited("click.expired") == index + 1)
                _ = try await stage.host.store.unlink(
                    provider: "pagerduty", person: PersonKey(teamID: stage.ben.team, userID: stage.ben.id))
            }
            #expect(stage.writes(on: id).isEmpty)
            #expect(try stage.incident(id).status == .triggered)
        }
    }
}

extension Stage {
    /// The forms that lie open before somebody.
    func forms(of persona: Persona) async throws -> [Form] { try await persona.forms() }
}
