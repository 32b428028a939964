package import Foundation

/// Live messages: what is wanted, what is painted, and what happened in between.
///
/// A message is *due* when people do not see its newest version, its time has come and nobody paints it. Besides:
/// - One with a parent that was not posted yet is due once the parent is posted, is dead or was taken away; one with a
///   digest likewise.
/// - One in the background lane that a digest tells of stays a line of that digest.
package protocol MessageStore: Sendable {
    /// Notes what people should see. The newest wish wins; one that changes nothing is not painted again. Returns its
    /// version.
    ///
    /// What is not in Slack and nobody is painting is taken away at once. Where a digest tells of the message, the
    /// digest has a new version too, due in `LiveMessage.digestPause`.
    func wish(_ wish: MessageWish, at now: Date) async throws(StoreError) -> Int64

    func liveMessage(_ key: MessageKey) async throws(StoreError) -> LiveMessage?

    /// The message that was posted there: whose button was clicked.
    func liveMessage(workspace: String, channel: String, ts: String) async throws(StoreError) -> LiveMessage?

    /// Channels in which messages are due: those with urgent posts first, then those that have waited longest.
    func dueMessages(limit: Int, at now: Date) async throws(StoreError) -> [DueMessages]

    /// Takes up to `limit` messages that are due in a channel for this kind of work: urgent first, then the longest
    /// waiting.
    /// - Parameter lane: Only messages of this lane; nil: of any.
    func claimMessages(
        _ work: MessageWork, in place: MessagePlace, lane: JobLane?, limit: Int, at now: Date, leaseUntil: Date
    ) async throws(StoreError) -> [LiveMessage]

    /// Before posting: from here on the message may be in Slack, under `intentID`, in this thread.
    func intend(_ ticket: MessageTicket, intentID: String, channel: String, thread: String?, at now: Date)
        async throws(StoreError)

    /// The message is in Slack, and shows `version`. Gives the ticket back. The digest that tells of a message which
    /// had not been posted before has a new version, as after a wish.
    func painted(_ ticket: MessageTicket, version: Int64, channel: String, ts: String, at now: Date)
        async throws(StoreError)

    /// The message is not in Slack (any more), and has to be posted afresh if it is wanted. Gives the ticket back.
    func vanished(_ ticket: MessageTicket, dueAt: Date, at now: Date) async throws(StoreError)

    /// Not now: gives the ticket back, to be taken again at `dueAt`.
    func postpone(_ ticket: MessageTicket, dueAt: Date) async throws(StoreError)

    /// It cannot be shown.
    func bury(_ ticket: MessageTicket, reason: String, at now: Date) async throws(StoreError)

    /// Lets one message of the host's tell of several that were not posted yet, in one transaction: notes the wish for
    /// the digest, and gives the tickets back. The messages are due again at `unfoldAt`, in the digest's thread. Throws
    /// `lostLease`, and changes nothing, when one of them was taken over or is not absent.
    func fold(_ tickets: [MessageTicket], into digest: MessageWish, unfoldAt: Date, at now: Date)
        async throws(StoreError)

    /// What a digest tells of, urgent ones first, then in the order of their first wishes.
    func messages(inDigest digest: MessageKey) async throws(StoreError) -> [LiveMessage]

    /// When the next message may be painted; it may be in the past. Nil when none waits.
    func nextMessageTime() async throws(StoreError) -> Date?

    /// Removes up to `limit` messages that have been unchanged since before `before` and are dead, taken away, or
    /// waiting for a parent or as a line of a digest; returns how many.
    func sweepMessages(before: Date, limit: Int) async throws(StoreError) -> Int
}
