import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Numbers and pictures that were worked out a short while ago: a hundred people who subscribed to one team cost PagerDuty
/// one question, and Slack one file.
struct ReportShelf: Sendable {
    /// Analytics are a day behind anyway.
    static let lifetime: TimeInterval = 3 * 3_600

    private let store: KeyValueStore
    private let now: Date
    private let owner: String

    /// - Parameter person: whose view of PagerDuty the numbers are; `nil` where everybody has the workspace's.
    init(_ context: Context<InsightsPlugin>, person: Person?) {
        store = context.store
        now = context.now
        owner = person.map { "\($0.teamID)/\($0.id)" } ?? "all"
    }

    func value<Value: Codable & Sendable>(
        _ key: String, as type: Value.Type, otherwise make: () async throws -> Value
    ) async throws -> Value {
        let key = "shelf/\(PagerDuty.ID.derived(from: owner, key)?.value ?? key)"
        if let known = try? await store.get(key, as: type) { return known }
        let made = try await make()
        // Nothing is lost where it cannot be kept.
        try? await store.put(made, at: key, expires: now.addingTimeInterval(Self.lifetime))
        return made
    }
}
