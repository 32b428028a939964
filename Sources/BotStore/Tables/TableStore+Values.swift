import Foundation

extension TableStore {
    package func value(_ key: String, in scope: ValueScope, at now: Date) async throws(StoreError) -> PluginValue? {
        try await query { db in try ValueTable.value(key, in: scope, at: now, in: db) }
    }

    package func change(_ change: ValueChange, at now: Date) async throws(StoreError) -> Int64? {
        try await transact { db in try ValueTable.change(change, at: now, in: db) }
    }

    package func values(prefix: String, in scope: ValueScope, at now: Date, limit: Int, after: String?)
        async throws(StoreError) -> [PluginValue]
    {
        try await query { db in
            try ValueTable.values(prefix: prefix, in: scope, at: now, limit: limit, after: after, in: db)
        }
    }

    package func sweepValues(at now: Date, limit: Int) async throws(StoreError) -> Int {
        try await transact { db in try ValueTable.sweep(at: now, limit: limit, in: db) }
    }
}
