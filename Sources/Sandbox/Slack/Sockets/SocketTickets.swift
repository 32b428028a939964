import FoundationEssentials

/// The tickets that sockets are opened with: each lets one connection in.
struct SocketTickets: Sendable {
    static let lifetime = 30.0
    private var issued: [String: Date] = [:]

    mutating func issue(at now: Date) -> String {
        issued = issued.filter { now.timeIntervalSince($0.value) < Self.lifetime }
        let ticket = UUID().uuidString.lowercased()
        issued[ticket] = now
        return ticket
    }

    mutating func redeem(_ ticket: String, at now: Date) -> Bool {
        guard let date = issued.removeValue(forKey: ticket) else { return false }
        return now.timeIntervalSince(date) < Self.lifetime
    }
}
