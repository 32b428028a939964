package import Foundation

/// Live messages: what is wanted, what is painted, and what happened in between.
package protocol MessageStore: Sendable {
    /// Notes what people should see. The newest wish wins; one that changes nothing is not painted again. Returns its
    /// version.
    func wish(_ wish: MessageWish, at now: Date) async throws(StoreError) -> Int64

    func liveMessage(_ key: MessageKey) async throws(StoreError) -> LiveMessage?

    /// The message that was posted there: whose button was clicked.
    func liveMessage(workspace: String, channel: String, ts: String) async throws(StoreError) -> LiveMessage?

    /// Takes up to `limit` messages that are to be painted: urgent first, then the longest waiting.
    func claimMessages(limit: Int, at now: Date, leaseUntil: Date) async throws(StoreError) -> [LiveMessage]

    /// Before posting: from here on the message may be in Slack, under `intentID`.
    func intend(_ ticket: MessageTicket, intentID: String, channel: String, at now: Date) async throws(StoreError)

    /// The message is in Slack, and shows `version`. Gives the ticket back.
    func painted(_ ticket: MessageTicket, version: Int64, channel: String, ts: String, at now: Date)
        async throws(StoreError)

    /// The message is not in Slack (any more), and has to be posted afresh if it is wanted. Gives the ticket back.
    func vanished(_ ticket: MessageTicket, dueAt: Date, at now: Date) async throws(StoreError)

    /// Not now: gives the ticket back, to be taken again at `dueAt`.
    func postpone(_ ticket: MessageTicket, dueAt: Date) async throws(StoreError)

    /// It cannot be shown.
    func bury(_ ticket: MessageTicket, reason: String, at now: Date) async throws(StoreError)

    /// Channels in which messages wait, the fullest first.
    func messageBacklog(limit: Int) async throws(StoreError) -> [MessageBacklog]

    /// When the next message may be painted; it may be in the past. Nil when none waits.
    func nextMessageTime() async throws(StoreError) -> Date?

    /// Removes up to `limit` messages that are dead, or taken away, since before `before`; returns how many.
    func sweepMessages(before: Date, limit: Int) async throws(StoreError) -> Int
}
