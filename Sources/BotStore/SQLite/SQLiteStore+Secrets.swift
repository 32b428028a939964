extension SQLiteStore {
    package func rotateSecrets(limit: Int) async throws(StoreError) -> Rotation {
        try await write { [keys] db in try KeyTable.rotate(keys, limit: Bounds.rows(limit), in: db) }
    }
}
