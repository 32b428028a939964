import Foundation

extension TableStore {
    package func receive(_ delivery: InboxDelivery, enqueue jobs: [NewJob]) async throws(StoreError) -> Receipt {
        let receipt = try await transact { db in try InboxTable.receive(delivery, jobs: jobs, in: db) }
        if receipt == .inserted, !jobs.isEmpty { wake() }
        return receipt
    }

    package func keep(_ unread: InboxDelivery) async throws(StoreError) -> Receipt {
        try await transact { db in try InboxTable.receive(unread, attempts: 1, jobs: [], in: db) }
    }

    package func unread(keptBefore before: Date, limit: Int) async throws(StoreError) -> [StoredDelivery] {
        try await query { db in try InboxTable.unread(keptBefore: before, limit: limit, in: db) }
    }

    package func unpack(_ unread: InboxID, into parts: [UnpackedDelivery]) async throws(StoreError) -> [Receipt] {
        let receipts = try await transact { db in
            let receipts = try parts.map { try InboxTable.receive($0.delivery, jobs: $0.jobs, in: db) }
            try InboxTable.forget(unread, in: db)
            return receipts
        }
        if receipts.contains(.inserted) { wake() }
        return receipts
    }

    package func delivery(_ id: InboxID) async throws(StoreError) -> StoredDelivery? {
        try await query { db in try InboxTable.delivery(id, in: db) }
    }

    package func beginAttempt(_ id: InboxID) async throws(StoreError) -> Int {
        try await transact { db in try InboxTable.beginAttempt(id, in: db) }
    }

    package func markHandled(_ id: InboxID, at now: Date) async throws(StoreError) {
        try await transact { db in try InboxTable.settle(id, as: .handled, reason: nil, at: now, in: db) }
    }

    package func quarantine(_ id: InboxID, reason: String, at now: Date) async throws(StoreError) {
        try await transact { db in try InboxTable.settle(id, as: .quarantined, reason: reason, at: now, in: db) }
    }

    package func requeue(_ id: InboxID) async throws(StoreError) {
        try await transact { db in try InboxTable.requeue(id, in: db) }
    }

    package func deliveries(in state: StoredDelivery.State, receivedBefore before: Date?, limit: Int)
        async throws(StoreError) -> [StoredDelivery]
    {
        try await query { db in try InboxTable.deliveries(in: state, receivedBefore: before, limit: limit, in: db) }
    }

    package func newestDeliveries(in state: StoredDelivery.State, receivedBefore before: Date?, limit: Int)
        async throws(StoreError) -> [StoredDelivery]
    {
        try await query { db in try InboxTable.newest(in: state, receivedBefore: before, limit: limit, in: db) }
    }

    package func deliveryCounts() async throws(StoreError) -> [StoredDelivery.State: Int] {
        try await query { db in try InboxTable.counts(in: db) }
    }

    package func sweepInbox(settledBefore before: Date, limit: Int) async throws(StoreError) -> Int {
        try await transact { db in try InboxTable.sweep(settledBefore: before, limit: limit, in: db) }
    }
}
