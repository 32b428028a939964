import Foundation

extension TableStore {
    package func putSecret(_ secret: Secret, _ name: SecretName, at now: Date) async throws(StoreError) {
        try await transact { [keys] db in try SecretTable.put(secret, name, at: now, keys: keys, in: db) }
    }

    package func secret(_ name: SecretName) async throws(StoreError) -> Secret? {
        try await query { [keys] db in try SecretTable.find(name, keys: keys, in: db) }
    }

    package func secretNames(of owner: String, limit: Int, after: String?) async throws(StoreError) -> [String] {
        try await query { db in try SecretTable.names(of: owner, limit: limit, after: after, in: db) }
    }

    package func deleteSecret(_ name: SecretName) async throws(StoreError) -> Bool {
        try await transact { db in try SecretTable.delete(name, in: db) }
    }

    package func adopt(_ keys: KeyRing, at now: Date) async throws(StoreError) {
        try await transact { db in
            try db.serialize(on: "keys")
            try KeyTable.check(keys, at: now, in: db)
        }
        holder.keys = keys
    }

    package func rotateSecrets(limit: Int) async throws(StoreError) -> Rotation {
        try await transact { [keys] db in try KeyTable.rotate(keys, limit: Bounds.rows(limit), in: db) }
    }
}
