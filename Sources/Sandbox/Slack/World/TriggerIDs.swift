import FoundationEssentials

/// Trigger ids: each opens one view, within three seconds, for the person whose doing it came from.
///
/// - SeeAlso: https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses
struct TriggerIDs: Sendable {
    struct Trigger: Sendable {
        var team: String
        var user: String
        /// The view in which it came about; only such a trigger can push another view.
        var view: String?
        /// The conversation in which it came about.
        var channel: String?
        var at: Date
        var isUsed = false
    }

    static let lifetime: TimeInterval = 3
    private static let capacity = 2_000
    private var triggers: [String: Trigger] = [:]
    private var order: [String] = []

    mutating func make(
        team: String, user: String, view: String?, channel: String?, at now: Date, ids: inout SlackIDs
    ) -> String {
        let id = "\(ids.digits(13)).\(ids.digits(12)).\(ids.hex(32))"
        triggers[id] = Trigger(team: team, user: user, view: view, channel: channel, at: now)
        order.append(id)
        if order.count > Self.capacity { triggers[order.removeFirst()] = nil }
        return id
    }

    /// Uses a trigger up.
    mutating func exchange(_ id: String, team: String, at now: Date) throws(SlackError) -> Trigger {
        guard var trigger = triggers[id], trigger.team == team else { throw SlackError("invalid_trigger_id") }
        guard !trigger.isUsed else { throw SlackError("exchanged_trigger_id") }
        guard now.timeIntervalSince(trigger.at) <= Self.lifetime else { throw SlackError("expired_trigger_id") }
        trigger.isUsed = true
        triggers[id] = trigger
        return trigger
    }
}
