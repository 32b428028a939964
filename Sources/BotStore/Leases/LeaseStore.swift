package import Foundation

/// The right to be the only one that does something for a while. The fencing number grows with every lease that is
/// given, so that a holder who was too slow cannot give back what is another's by now.
package struct LeaseTicket: Hashable, Sendable {
    /// What the lease is on, for example `refresh/pagerduty/T1/U1`.
    package let name: String
    package let fence: Int64

    package init(name: String, fence: Int64) {
        self.name = name
        self.fence = fence
    }
}

/// Leases by name: what only one process of all may do at a time, such as the refresh of a token that may be used
/// once. A lease ends by itself, so one whose holder has died holds nobody up for longer.
package protocol LeaseStore: Sendable {
    /// Takes a lease that nobody holds. Nil when somebody does, the same holder included.
    /// - Parameter holder: Who takes it, for people who look.
    func takeLease(_ name: String, holder: String, until: Date, at now: Date) async throws(StoreError) -> LeaseTicket?

    /// Holds a lease until a later time. Throws `lostLease` when it has run out and is another's by now.
    func extendLease(_ ticket: LeaseTicket, until: Date, at now: Date) async throws(StoreError)

    /// Gives a lease back. Nothing happens when it is another's by now.
    func returnLease(_ ticket: LeaseTicket) async throws(StoreError)

    /// Removes up to `limit` leases that have run out at `now`; returns how many.
    func sweepLeases(at now: Date, limit: Int) async throws(StoreError) -> Int
}
