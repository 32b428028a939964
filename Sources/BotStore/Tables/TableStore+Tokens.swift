import Foundation

extension TableStore {
    package func addAPIToken(_ token: APIToken, audit: AuditLine) async throws(StoreError) {
        try await transact { db in
            try APITokenTable.add(token, in: db)
            try AuditTable.append([audit], in: db)
        }
    }

    package func apiToken(_ id: String) async throws(StoreError) -> APIToken? {
        try await query { db in try APITokenTable.find(id, in: db) }
    }

    package func apiTokens() async throws(StoreError) -> [APIToken] {
        try await query { db in try APITokenTable.all(in: db) }
    }

    package func touchAPIToken(_ id: String, at now: Date) async throws(StoreError) {
        try await transact { db in try APITokenTable.touch(id, at: now, in: db) }
    }

    package func removeAPIToken(_ id: String, audit: AuditLine) async throws(StoreError) -> Bool {
        try await transact { db in
            guard try APITokenTable.remove(id, in: db) else { return false }
            try AuditTable.append([audit], in: db)
            return true
        }
    }
}
