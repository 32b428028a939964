import Foundation

extension TableStore {
    package func saveInstallation(_ installation: Installation) async throws(StoreError) {
        try await transact { [keys] db in try InstallationTable.save(installation, keys: keys, in: db) }
    }

    package func installation(teamID: String?, enterpriseID: String?) async throws(StoreError) -> Installation? {
        try await query { [keys] db in
            try InstallationTable.find(teamID: teamID, enterpriseID: enterpriseID, keys: keys, in: db)
        }
    }

    package func installations() async throws(StoreError) -> [Installation] {
        try await query { [keys] db in try InstallationTable.all(keys: keys, in: db) }
    }

    package func setInstallationState(_ state: InstallationState, id: String, at now: Date)
        async throws(StoreError)
    {
        try await transact { db in try InstallationTable.setState(state, id: id, at: now, in: db) }
    }

    package func mapInstallation(_ id: String, provider: String, to account: MappedAccount?, at now: Date)
        async throws(StoreError)
    {
        try await transact { db in try InstallationTable.map(id, provider: provider, to: account, at: now, in: db) }
    }

    package func deleteInstallation(_ id: String) async throws(StoreError) -> Bool {
        try await transact { db in try InstallationTable.delete(id, in: db) }
    }
}
