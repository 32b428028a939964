import Foundation

extension TableStore {
    package func link(_ account: LinkedAccount) async throws(StoreError) {
        try await transact { [keys] db in try AccountTable.link(account, keys: keys, in: db) }
    }

    package func linkedAccount(provider: String, person: PersonKey) async throws(StoreError) -> LinkedAccount? {
        try await query { [keys] db in try AccountTable.find(provider: provider, person: person, keys: keys, in: db) }
    }

    package func linkedAccounts(provider: String, accountID: String, providerUserID: String)
        async throws(StoreError) -> [LinkedAccount]
    {
        try await query { [keys] db in
            try AccountTable.find(
                provider: provider, accountID: accountID, providerUserID: providerUserID, keys: keys, in: db)
        }
    }

    package func linkedAccounts(provider: String, teamID: String, limit: Int, after: String?)
        async throws(StoreError) -> [LinkedAccount]
    {
        try await query { [keys] db in
            try AccountTable.list(
                provider: provider, teamID: teamID, limit: limit, after: after, keys: keys, in: db)
        }
    }

    package func replaceCredential(_ credential: Secret, renewAt: Date?, provider: String, person: PersonKey)
        async throws(StoreError)
    {
        try await transact { [keys] db in
            try AccountTable.replaceCredential(
                credential, renewAt: renewAt, provider: provider, person: person, keys: keys, in: db)
        }
    }

    package func linkedAccounts(toRenewBy moment: Date, limit: Int) async throws(StoreError) -> [LinkedAccount] {
        try await query { [keys] db in try AccountTable.due(by: moment, limit: limit, keys: keys, in: db) }
    }

    package func touchLinkedAccount(provider: String, person: PersonKey, at now: Date) async throws(StoreError) {
        try await transact { db in try AccountTable.touch(provider: provider, person: person, at: now, in: db) }
    }

    package func unlink(provider: String, person: PersonKey) async throws(StoreError) -> LinkedAccount? {
        try await transact { [keys] db in
            try AccountTable.unlink(provider: provider, person: person, keys: keys, in: db)
        }
    }
}
