import PagerDutyKit
import PluginAPI

/// The connections of a workspace, as PagerDuty's Slack Integration API has them, so that clients of that one manage
/// connections here.
///
/// - SeeAlso: <https://developer.pagerduty.com/api-reference> "Slack Connections"
struct ConnectionsAPI {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    func list(_ request: WebRequest) async throws -> WebResponse {
        let limit = request.field("limit").map(Self.number) ?? 50
        let offset = request.field("offset").map(Self.number) ?? 0
        guard let limit, let offset, (1...100).contains(limit) else {
            return .invalid(["Limit must be between 1 and 100, offset 0 or more"])
        }
        let all = try await Connections(context).all().sorted {
            ($0.createdAt, $0.id.value) < ($1.createdAt, $1.id.value)
        }
        let page = all.dropFirst(offset).prefix(limit)
        return .json([
            "slack_connections": .array(page.map(\.json)), "limit": .integer(Int64(limit)),
            "offset": .integer(Int64(offset)), "more": .bool(offset + page.count < all.count),
            "total": .integer(Int64(all.count)),
        ])
    }

    func show(_ id: String) async throws -> WebResponse {
        guard let connection = try await connection(id) else { return .notFound }
        return .json(["slack_connection": connection.json])
    }

    func remove(_ id: String) async throws -> WebResponse {
        guard let connection = try await connection(id) else { return .notFound }
        try await Connections(context).remove(connection)
        return .noContent
    }

    private func connection(_ id: String) async throws -> Connection? {
        guard let id = PagerDuty.ID(id) else { return nil }
        return try await Connections(context).connection(id)
    }

    func create(_ body: [UInt8]) async throws -> WebResponse {
        switch ConnectionDraft.read(body, over: nil) {
        case .failure(let refusal): return refusal.answer
        case .success(let draft):
            guard let source = try await source(draft) else { return .invalid(["Source can't be found"]) }
            guard case .success(let channel) = try await ChannelAccess(context).enter(draft.channel) else {
                return .error(400, "Unable to create a Slack Connection. Failed to fetch Slack channel data")
            }
            let made = Connection(
                source, to: channel, in: context.workspace, audience: draft.audience, filter: draft.filter, by: nil,
                at: context.now)
            guard let made else { return .invalid }
            try await Connections(context).put(made)
            try await ConnectionNotice(context).added(made)
            return .json(["slack_connection": made.json], status: 201)
        }
    }

    func update(_ id: String, _ body: [UInt8]) async throws -> WebResponse {
        guard let connection = try await connection(id) else { return .notFound }
        switch ConnectionDraft.read(body, over: connection) {
        case .failure(let refusal): return refusal.answer
        case .success(let draft):
            guard let source = try await source(draft) else { return .invalid(["Source can't be found"]) }
            guard case .success(let channel) = try await ChannelAccess(context).enter(draft.channel) else {
                return .error(400, "Unable to update a Slack Connection: Slack channel name fetch failed")
            }
            var changed = connection
            changed.source = source
            changed.channel = channel
            changed.audience = draft.audience
            changed.filter = draft.filter
            if changed.key != connection.key { try await Connections(context).remove(connection) }
            try await Connections(context).put(changed)
            return .json(["slack_connection": changed.json])
        }
    }

    /// - Returns: `nil` where PagerDuty has no such service or team.
    private func source(_ draft: ConnectionDraft) async throws -> Connection.Source? {
        do {
            switch draft.kind {
            case .service:
                let service = try await context.pagerDuty.read(.service(draft.source))
                return Connection.Source(kind: .service, id: service.id, name: service.name)
            case .team:
                let team = try await context.pagerDuty.read(.team(draft.source))
                return Connection.Source(kind: .team, id: team.id, name: team.name)
            }
        } catch let error as PagerDutyError where error.reason == .notFound {
            return nil
        }
    }

    /// Digits only: `Int` takes signs too.
    private static func number(_ text: String) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
