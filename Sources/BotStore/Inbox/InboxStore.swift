package import Foundation

/// Deliveries that were accepted: stored before they are acknowledged, handled once.
package protocol InboxStore: Sendable {
    /// Stores a delivery, and with it the jobs that will handle it; of a delivery that is known already nothing is
    /// stored. When this returns, the sender may be told that it was received.
    func receive(_ delivery: InboxDelivery, enqueue jobs: [NewJob]) async throws(StoreError) -> Receipt

    /// Stores a delivery that is going to be read now, under ``InboxID/unread(_:from:)``, with that first attempt counted.
    /// When this returns, the sender may be told that it was received.
    func keep(_ unread: InboxDelivery) async throws(StoreError) -> Receipt

    /// Deliveries that arrived before `before` and were kept and never unpacked: whoever was to read them has ended. The
    /// oldest first.
    func unread(keptBefore before: Date, limit: Int) async throws(StoreError) -> [StoredDelivery]

    /// Puts what an unread delivery turned out to tell in its place, each thing with its jobs: all of it or nothing. What is
    /// known already is left out. Returns what became of each.
    func unpack(_ unread: InboxID, into parts: [UnpackedDelivery]) async throws(StoreError) -> [Receipt]

    func delivery(_ id: InboxID) async throws(StoreError) -> StoredDelivery?

    /// Counts an attempt, before the handler runs, so that one that ends the process is counted too. Returns how many
    /// there have been with this one. Throws `notFound` when the delivery is not pending.
    func beginAttempt(_ id: InboxID) async throws(StoreError) -> Int

    func markHandled(_ id: InboxID, at now: Date) async throws(StoreError)

    /// Sets a delivery aside, for an administrator to see.
    func quarantine(_ id: InboxID, reason: String, at now: Date) async throws(StoreError)

    /// Puts a delivery that was set aside back among the pending, with no attempts counted. Throws `notFound`.
    func requeue(_ id: InboxID) async throws(StoreError)

    /// Deliveries in a state, oldest first; with `before`, only those that arrived earlier.
    func deliveries(in state: StoredDelivery.State, receivedBefore before: Date?, limit: Int)
        async throws(StoreError) -> [StoredDelivery]

    /// The same, newest first, for people who look; with `before`, only those that arrived earlier.
    func newestDeliveries(in state: StoredDelivery.State, receivedBefore before: Date?, limit: Int)
        async throws(StoreError) -> [StoredDelivery]

    /// How many deliveries there are in each state.
    func deliveryCounts() async throws(StoreError) -> [StoredDelivery.State: Int]

    /// Removes up to `limit` deliveries that were settled before `before`; returns how many. Their ids are forgotten
    /// too, so keep them longer than the senders try again (PagerDuty: 48 hours).
    func sweepInbox(settledBefore before: Date, limit: Int) async throws(StoreError) -> Int
}
