import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// What happens to an incident in PagerDuty is seen in the channel: the message stays in step, and the event is told.
@Suite struct IncidentEventTests {
    private typealias Hand = PDAccount.Hand

    private static let deeds:
        [(name: String, seen: String, told: String, deed: @Sendable (inout PDAccount, String, PDAccount.Hand) -> Void)] =
            [
                (
                    "acknowledged", "Acknowledged", "Acknowledged by Ben Okafor",
                    { $0.acknowledge($1, by: "PBENO01", $2) }
                ),
                ("resolved", "Resolved", "Resolved by Ben Okafor", { $0.resolve($1, $2) }),
                ("escalated", "Triggered", "Escalated", { $0.escalate($1, to: 2, $2) }),
                (
                    "reassigned", "Ivan Petrov", "Reassigned to Ivan Petrov by Ben Okafor",
                    { $0.reassign($1, to: ["PIVAN01"], $2) }
                ),
                (
                    "delegated", "Triggered", "Moved to another escalation policy",
                    { $0.delegate($1, to: "PEPSRE1", $2) }
                ),
                (
                    "annotated", "Note added by", "The cache is cold",
                    { _ = $0.annotate($1, "The cache is cold", by: "PBENO01", $2) }
                ),
                ("priority", "P2", "Priority changed by Ben Okafor", { $0.setPriority($1, "PPRIO02", $2) }),
                (
                    "responder", "Responders asked", "Please have a look",
                    { $0.requestResponders($1, ["PGRAC01"], message: "Please have a look", $2) }
                ),
                (
                    "status update", "We are on it", "We are on it",
                    { _ = $0.publish($1, message: "We are on it", subject: nil, html: nil, by: "PBENO01", $2) }
                ),
            ]

    @Test func `every event repaints the message and is told`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            for (index, deed) in Self.deeds.enumerated() {
                let title = "Number \(index): \(deed.name)"
                let id = try stage.triggers(title)
                try await stage.ada.sees(title, in: .incidents)
                stage.pass(.seconds(5))
                try stage.happens { deed.deed(&$0, id, .init(agent: .user("PBENO01"), channel: "web", date: $1)) }
                try await stage.ada.sees("\(title) with \(deed.seen)", in: .incidents) {
                    $0.reads.contains(title) && $0.reads.contains(deed.seen)
                }
                try await stage.ada.sees("“\(deed.told)”", in: .incidents) {
                    $0.reads.contains(deed.told) && !$0.reads.contains(title)
                }
            }
        }
    }

    @Test func `a merged incident points to where it goes on`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            let (source, target) = (try stage.triggers("One cart is slow"), try stage.triggers("All carts are slow"))
            try await stage.ada.sees("One cart is slow", in: .incidents)
            stage.pass(.seconds(5))
            try stage.happens {
                $0.merge([source], into: target, .init(agent: .user("PBENO01"), channel: "web", date: $1))
            }
            let merged = try await stage.ada.sees("the merged one", in: .incidents) {
                $0.reads.contains("One cart is slow") && $0.reads.contains("Merged")
            }
            #expect(merged.reads.contains("All carts are slow"))
            #expect(!merged.labels.contains("Resolve"))
        }
    }

    @Test func `a webhook that is played again, old or twice, changes nothing`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            let id = try stage.triggers("Carts are slow")
            try await stage.ada.sees("Carts are slow", in: .incidents)
            for step in 0..<2 {
                stage.pass(.seconds(60))
                try stage.happens {
                    let hand = PDAccount.Hand(agent: .user("PBENO01"), channel: "web", date: $1)
                    if step == 0 { $0.resolve(id, hand) } else { $0.reopen(id, hand) }
                }
                let words = step == 0 ? "Resolved by" : "Reopened by"
                // Told, and on the message itself.
                try await stage.ada.sees("“\(words)” told", in: .incidents) {
                    $0.reads.contains(words) && $0.bar == nil
                }
                try await stage.ada.sees("“\(words)” on the message", in: .incidents) {
                    $0.reads.contains(words) && $0.bar != nil && (step == 0 || $0.reads.contains("level 1"))
                }
            }
            let before = try await stage.ada.reads(.incidents).map(\.reads)
            let deliveries = stage.sandbox.journal.entries().filter { $0.kind.hasPrefix("incident.") }
            #expect(deliveries.map(\.kind).contains("incident.resolved"))
            for delivery in deliveries { try await stage.replays(delivery.request) }
            // What comes after them is there, so they have been handled.
            _ = try stage.triggers("Something else")
            try await stage.ada.sees("Something else", in: .incidents)
            let after = try await stage.ada.reads(.incidents).map(\.reads).filter { !$0.contains("Something else") }
            #expect(after == before, "\(after) where there was \(before)")
        }
    }

    @Test func `a forged webhook changes nothing`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            _ = try stage.triggers("Carts are slow")
            try await stage.ada.sees("Carts are slow", in: .incidents)
            let delivery = try #require(stage.sandbox.journal.entries().first { $0.kind == "incident.triggered" })
            let status = try await stage.delivers(
                delivery.request.replacing("Carts are slow", with: "Pay here"),
                signature: "v1=" + String(repeating: "0", count: 64))
            #expect(status == 401)
            #expect(try await !stage.ada.reads(.incidents).contains { $0.reads.contains("Pay here") })
        }
    }
}

/// Which incidents a channel sees.
@Suite struct IncidentFilterTests {
    @Test func `only the wanted urgency`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents, ["Urgency": "High only"])
            _ = try stage.triggers("Low one", urgency: "low")
            _ = try stage.triggers("High one", urgency: "high")
            try await stage.ada.sees("High one", in: .incidents)
            #expect(try await !stage.ada.reads(.incidents).contains { $0.reads.contains("Low one") })
        }
    }

    @Test func `only the wanted priorities, as soon as an incident has one`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents, ["Priorities": ["P1", "P2"]])
            let id = try stage.triggers("Grows worse")
            stage.pass(.seconds(5))
            try stage.happens {
                $0.setPriority(id, "PPRIO03", .init(agent: .user("PBENO01"), channel: "web", date: $1))
            }
            stage.pass(.seconds(5))
            try stage.happens {
                $0.setPriority(id, "PPRIO01", .init(agent: .user("PBENO01"), channel: "web", date: $1))
            }
            let shown = try await stage.ada.sees("Grows worse", in: .incidents)
            #expect(shown.reads.contains("P1"))
        }
    }

    @Test func `only the wanted events are told; the message is always in step`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents, ["Events to tell in the thread": ["Resolve"]])
            let id = try stage.triggers("Carts are slow")
            try await stage.ada.sees("Carts are slow", in: .incidents)
            stage.pass(.seconds(5))
            try stage.happens {
                $0.acknowledge(id, by: "PBENO01", .init(agent: .user("PBENO01"), channel: "web", date: $1))
            }
            try await stage.ada.sees("Acknowledged", in: .incidents)
            stage.pass(.seconds(5))
            try stage.happens { $0.resolve(id, .init(agent: .user("PBENO01"), channel: "web", date: $1)) }
            try await stage.ada.sees("Resolved by Ben Okafor", in: .incidents)
            #expect(try await !stage.ada.reads(.incidents).contains { $0.reads.hasPrefix("🟡 Acknowledged by") })
        }
    }

    @Test func `stakeholders get no buttons`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents, ["Who is in the channel": "Stakeholders"])
            _ = try stage.triggers("Carts are slow")
            #expect(try await stage.ada.sees("Carts are slow", in: .incidents).labels.isEmpty)
        }
    }

    @Test func `a service and its team in one channel are one message`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            try await stage.ada.connects("--team Payments", to: .incidents, isLinked: true)
            try await stage.ada.connects("--team Payments", to: .checkout, isLinked: true)
            _ = try stage.triggers("Carts are slow")
            try await stage.ada.sees("Carts are slow", in: .incidents)
            try await stage.ada.sees("Carts are slow", in: .checkout)
            #expect(try await stage.ada.reads(.incidents).filter { $0.reads.contains("Carts are slow") }.count == 1)
        }
    }

    @Test func `a service that nothing follows is shown nowhere`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Search", to: .incidents)
            _ = try stage.triggers("Carts are slow")
            _ = try stage.triggers("Index is stale", on: "Search")
            try await stage.ada.sees("Index is stale", in: .incidents)
            #expect(try await !stage.ada.reads(.incidents).contains { $0.reads.contains("Carts are slow") })
        }
    }
}

/// Gaps are closed, whatever webhooks were lost.
@Suite struct IncidentGapTests {
    @Test func `a subscription that was removed or switched off is mended`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            stage.pagerDuty.change {
                $0.subscriptions[0].temporarilyDisabledUntil = stage.clock.now.addingTimeInterval(86_400)
            }
            await stage.host.keepSubscriptions()
            _ = try stage.triggers("First")
            try await stage.ada.sees("First", in: .incidents)
            stage.pagerDuty.change { $0.subscriptions.removeAll() }
            await stage.host.keepSubscriptions()
            _ = try stage.triggers("Second")
            try await stage.ada.sees("Second", in: .incidents)
        }
    }

    @Test func `a V2 extension tells of incidents too, under its secret address`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            let name = SecretName(owner: "pagerduty.v2", name: "path")
            let key = try #require(await stage.host.store.secret(name)).reveal()
            let address = "\(stage.access.host)/pagerduty/webhooks/v2/\(key)"
            stage.pagerDuty.change { account in
                account.subscriptions[0].active = false
                account.extensions.append(
                    PDExtension(
                        id: "PEXT001", name: "V2", endpointURL: address, schemaID: PDEndpoint.genericSchema,
                        serviceIDs: ["PSVCHK1"], config: nil))
            }
            let id = try stage.triggers("Told by V2")
            try await stage.ada.sees("Told by V2", in: .incidents)
            stage.pass(.seconds(5))
            try stage.happens {
                $0.acknowledge(id, by: "PBENO01", .init(agent: .user("PBENO01"), channel: "web", date: $1))
            }
            try await stage.ada.sees("Acknowledged by Ben Okafor", in: .incidents)
        }
    }

    @Test func `a signed delivery that cannot be read still brings the incident that it names`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            stage.pagerDuty.change { $0.subscriptions[0].active = false }
            let id = try stage.triggers("Named in a broken delivery")
            try await stage.replays(
                #"{"event": {"data": {"html_url": "https://acme.pagerduty.com/incidents/\#(id)", "number":"#)
            try await stage.ada.sees("Named in a broken delivery", in: .incidents)
        }
    }

    @Test func `what no webhook told shows up within three minutes`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            try await stage.withinMinutes("the first look into the log") {
                stage.sandbox.journal.entries().contains { $0.path.contains("/pd/log_entries") }
            }
            stage.pagerDuty.change { $0.subscriptions[0].active = false }
            let id = try stage.triggers("Nobody was told")
            try await stage.withinMinutes("the incident shows up") {
                try await stage.ada.reads(.incidents).contains { $0.reads.contains("Nobody was told") }
            }
            try stage.happens { $0.resolve(id, .init(agent: .user("PBENO01"), channel: "web", date: $1)) }
            try await stage.withinMinutes("it is resolved") {
                try await stage.ada.reads(.incidents).contains { $0.reads.contains("Resolved by Ben Okafor") }
            }
        }
    }
}
