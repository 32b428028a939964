import BotStore
import Foundation

/// `/deliveries`: what arrived, and what became of it; what was set aside, and why.
struct DeliveriesScreen: Sendable {
    let store: any InboxStore

    static let page = 50

    var screen: ConsoleScreen {
        ConsoleScreen(path: "/deliveries", title: "Deliveries") { try await sheet($0) }
    }

    private func sheet(_ visit: ConsoleVisit) async throws -> ConsoleSheet {
        let counts = try await store.deliveryCounts()
        let state = visit.query["state"].flatMap { StoredDelivery.State(rawValue: $0) } ?? .quarantined
        let before = visit.query["before"].flatMap { Int64($0) }.map { Date(timeIntervalSince1970: Double($0) / 1_000) }
        let found = try await store.newestDeliveries(in: state, receivedBefore: before, limit: Self.page)
        let tabs = ConsoleWords.tabs(
            StoredDelivery.State.allCases.map {
                ("\(Self.word($0)) (\(counts[$0] ?? 0))", "/deliveries?state=\($0.rawValue)", $0 == state)
            }, "States")
        let rows = found.map { stored -> [HTML] in
            [
                ConsoleWords.time(stored.delivery.receivedAt), ConsoleWords.code(stored.delivery.id.source),
                ConsoleWords.code(stored.delivery.id.id), "\(stored.delivery.body.count) bytes", "\(stored.attempts)",
                HTML(text: stored.reason ?? ""), ConsoleWords.code(stored.delivery.traceID ?? ""),
            ]
        }
        let last = found.count == Self.page ? found.last?.delivery.receivedAt : nil
        let table = ConsoleTable(
            "Deliveries", ["Received (UTC)", "From", "Id", "Body", "Attempts", "Reason", "Trace"],
            empty: state == .quarantined ? "Nothing was set aside." : "There is none.", rows: rows)
        return ConsoleSheet(
            title: "Deliveries",
            body: """
                <h1>Deliveries</h1>\(tabs)\(table.html)
                \(ConsoleWords.next(last.map { "/deliveries?state=\(state.rawValue)&before=\(Int64($0.timeIntervalSince1970 * 1_000))" }))
                """)
    }

    private static func word(_ state: StoredDelivery.State) -> String {
        switch state {
        case .pending: "Waiting"
        case .handled: "Handled"
        case .quarantined: "Set aside"
        }
    }
}
