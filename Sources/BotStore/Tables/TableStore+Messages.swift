import Foundation

extension TableStore {
    package func wish(_ wish: MessageWish, at now: Date) async throws(StoreError) -> Int64 {
        let version = try await transact { db in try MessageTable.wish(wish, at: now, in: db) }
        wake()
        return version
    }

    package func liveMessage(_ key: MessageKey) async throws(StoreError) -> LiveMessage? {
        try await query { db in try MessageTable.message(key, in: db) }
    }

    package func liveMessage(workspace: String, channel: String, ts: String)
        async throws(StoreError) -> LiveMessage?
    {
        try await query { db in try MessageTable.message(workspace: workspace, channel: channel, ts: ts, in: db) }
    }

    package func dueMessages(limit: Int, at now: Date) async throws(StoreError) -> [DueMessages] {
        try await query { db in try MessageTable.due(limit: limit, at: now, in: db) }
    }

    package func claimMessages(
        _ work: MessageWork, in place: MessagePlace, lane: JobLane?, limit: Int, at now: Date, leaseUntil: Date
    ) async throws(StoreError) -> [LiveMessage] {
        try await transact { db in
            try MessageTable.claim(work, in: place, lane: lane, limit: limit, at: now, leaseUntil: leaseUntil, in: db)
        }
    }

    package func intend(_ ticket: MessageTicket, intentID: String, channel: String, thread: String?, at now: Date)
        async throws(StoreError)
    {
        try await transact { db in
            try MessageTable.intend(ticket, intentID: intentID, channel: channel, thread: thread, at: now, in: db)
        }
    }

    package func painted(_ ticket: MessageTicket, version: Int64, channel: String, ts: String, at now: Date)
        async throws(StoreError)
    {
        try await transact { db in
            try MessageTable.painted(ticket, version: version, channel: channel, ts: ts, at: now, in: db)
        }
        // A newer wish may have come while this one was painted, and what belongs in its thread has waited for it.
        wake()
    }

    package func vanished(_ ticket: MessageTicket, dueAt: Date, at now: Date) async throws(StoreError) {
        try await transact { db in try MessageTable.vanished(ticket, dueAt: dueAt, at: now, in: db) }
        wake()
    }

    package func postpone(_ ticket: MessageTicket, dueAt: Date) async throws(StoreError) {
        try await transact { db in try MessageTable.postpone(ticket, dueAt: dueAt, in: db) }
        wake()
    }

    package func bury(_ ticket: MessageTicket, reason: String, at now: Date) async throws(StoreError) {
        try await transact { db in try MessageTable.bury(ticket, reason: reason, at: now, in: db) }
        wake()
    }

    package func fold(_ tickets: [MessageTicket], into digest: MessageWish, unfoldAt: Date, at now: Date)
        async throws(StoreError)
    {
        try await transact { db in
            try MessageTable.fold(tickets, into: digest, unfoldAt: unfoldAt, at: now, in: db)
        }
        wake()
    }

    package func messages(inDigest digest: MessageKey) async throws(StoreError) -> [LiveMessage] {
        try await query { db in try MessageTable.messages(inDigest: digest, in: db) }
    }

    package func nextMessageTime() async throws(StoreError) -> Date? {
        try await query { db in try MessageTable.nextTime(in: db) }
    }

    package func sweepMessages(before: Date, limit: Int) async throws(StoreError) -> Int {
        try await transact { db in try MessageTable.sweep(before: before, limit: limit, in: db) }
    }
}
