import Foundation

extension TableStore {
    package func takeLease(_ name: String, holder: String, until: Date, at now: Date)
        async throws(StoreError) -> LeaseTicket?
    {
        try await transact { db in try LeaseTable.take(name, holder: holder, until: until, at: now, in: db) }
    }

    package func extendLease(_ ticket: LeaseTicket, until: Date, at now: Date) async throws(StoreError) {
        try await transact { db in try LeaseTable.extend(ticket, until: until, at: now, in: db) }
    }

    package func returnLease(_ ticket: LeaseTicket) async throws(StoreError) {
        try await transact { db in try LeaseTable.giveBack(ticket, in: db) }
    }

    package func sweepLeases(at now: Date, limit: Int) async throws(StoreError) -> Int {
        try await transact { db in try LeaseTable.sweep(at: now, limit: limit, in: db) }
    }
}
