import FoundationEssentials

/// Response URLs: each takes five messages within half an hour.
///
/// - SeeAlso: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
struct ResponseURLs: Sendable {
    struct Grant: Sendable {
        var team: String
        var user: String
        var channel: String
        /// The message that the interaction happened on, if any.
        var messageTS: String?
        var threadTS: String?
        var at: Date
        var uses = 0
    }

    static let lifetime: TimeInterval = 30 * 60
    static let maximumUses = 5
    private static let capacity = 2_000
    private var grants: [String: Grant] = [:]
    private var order: [String] = []

    mutating func add(_ grant: Grant, path: String) {
        grants[path] = grant
        order.append(path)
        if order.count > Self.capacity { grants[order.removeFirst()] = nil }
    }

    /// Uses a response URL once.
    mutating func use(_ path: String, at now: Date) throws(SlackError) -> Grant {
        guard var grant = grants[path] else { throw SlackError("invalid_url") }
        guard now.timeIntervalSince(grant.at) <= Self.lifetime else { throw SlackError("expired_url") }
        guard grant.uses < Self.maximumUses else { throw SlackError("used_url") }
        grant.uses += 1
        grants[path] = grant
        return grant
    }
}
