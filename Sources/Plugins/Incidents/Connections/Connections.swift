import PagerDutyKit
import PluginAPI

/// The connections of a workspace.
struct Connections {
    /// More than any account has services and channels.
    static let most = 5_000

    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// All of them, by source.
    func all() async throws -> [Connection] {
        var found: [Connection] = []
        var last: String?
        while found.count < Self.most {
            let page = try await context.store.list(
                prefix: Connection.prefix, as: Connection.self, limit: 1_000, after: last)
            found += page.map(\.value)
            guard page.count == 1_000, let end = page.last?.key else { break }
            last = end
        }
        return found
    }

    /// Those of a channel.
    func of(channel: String) async throws -> [Connection] {
        try await all().filter { $0.channel.id == channel }
    }

    /// Those that follow an incident's service or one of its teams.
    func following(_ incident: PagerDuty.Incident) async throws -> [Connection] {
        var found: [Connection] = []
        for source in [incident.service].compactMap(\.self) + incident.teams.prefix(50) {
            found += try await context.store.list(
                prefix: Connection.prefix(of: source.id), as: Connection.self, limit: 1_000
            ).map(\.value)
        }
        return found
    }

    func connection(_ id: PagerDuty.ID) async throws -> Connection? {
        try await all().first { $0.id == id }
    }

    func put(_ connection: Connection) async throws {
        try await context.store.put(connection, at: connection.key)
    }

    func remove(_ connection: Connection) async throws {
        try await context.store.delete(connection.key)
    }
}
