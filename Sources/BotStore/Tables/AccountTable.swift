import Foundation

/// The statements about linked accounts. Credentials are sealed on the way in and opened on the way out.
enum AccountTable {
    private static let ofPerson = "provider = ? AND enterprise_id = ? AND team_id = ? AND user_id = ?"

    static func link(_ account: LinkedAccount, keys: KeyRing, in db: any SQLConnection) throws {
        let person = account.person
        for (text, what) in [
            (account.provider, "A provider's id"), (person.userID, "A person's id"),
            (account.accountID, "An account's id"), (account.providerUserID, "A provider's user id"),
        ] { try Bounds.checkID(text, what) }
        for (text, what) in [
            (person.enterpriseID ?? "", "A person's organization"), (person.teamID ?? "", "A person's workspace"),
        ] { try Bounds.checkOptionalID(text, what) }
        try db.serialize(on: "link/\(account.provider)/\(account.accountID)/\(account.providerUserID)")
        // In an organization a person is the same in every workspace; outside of one, only the workspace counts.
        let other = try db.row(
            """
            SELECT user_id FROM accounts
            WHERE provider = ? AND account_id = ? AND provider_user_id = ? AND user_id <> ? AND enterprise_id = ?
              AND (enterprise_id <> '' OR team_id = ?)
            LIMIT 1
            """,
            [
                account.provider, account.accountID, account.providerUserID, person.userID,
                person.enterpriseID ?? "", person.teamID ?? "",
            ])
        guard other == nil else {
            throw StoreError(
                .alreadyLinked,
                "That \(account.provider) user is linked to another person here: that person has to unlink first.")
        }
        try db.run(
            """
            INSERT INTO accounts (provider, enterprise_id, team_id, user_id, account_id, provider_user_id, name, email,
                credential, renew_at, created_at, last_used_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (provider, enterprise_id, team_id, user_id) DO UPDATE SET account_id = excluded.account_id,
                provider_user_id = excluded.provider_user_id, name = excluded.name, email = excluded.email,
                credential = excluded.credential, renew_at = excluded.renew_at, created_at = excluded.created_at,
                last_used_at = excluded.last_used_at
            """,
            SQLArguments(key(account.provider, person))
                + [
                    account.accountID, account.providerUserID, Bounds.sentence(account.name),
                    account.email.map(Bounds.sentence),
                    try keys.seal(account.credential, at: KeyTable.credential.place(key(account.provider, person))),
                    account.renewAt?.milliseconds, account.createdAt.milliseconds,
                    account.lastUsedAt?.milliseconds,
                ])
    }

    static func find(provider: String, person: PersonKey, keys: KeyRing, in db: any SQLConnection) throws
        -> LinkedAccount?
    {
        try db.row("SELECT * FROM accounts WHERE \(ofPerson)", SQLArguments(key(provider, person)))
            .map { try account($0, keys: keys) }
    }

    static func find(
        provider: String, accountID: String, providerUserID: String, keys: KeyRing, in db: any SQLConnection
    ) throws -> [LinkedAccount] {
        try db.rows(
            """
            SELECT * FROM accounts WHERE provider = ? AND account_id = ? AND provider_user_id = ?
            ORDER BY enterprise_id, team_id LIMIT ?
            """, [provider, accountID, providerUserID, Bounds.page]
        ).map { try account($0, keys: keys) }
    }

    static func list(
        provider: String, teamID: String, limit: Int, after: String?, keys: KeyRing, in db: any SQLConnection
    ) throws -> [LinkedAccount] {
        try db.rows(
            "SELECT * FROM accounts WHERE provider = ? AND team_id = ? AND user_id > ? ORDER BY user_id LIMIT ?",
            [provider, teamID, after ?? "", Bounds.rows(limit)]
        ).map { try account($0, keys: keys) }
    }

    static func replaceCredential(
        _ credential: Secret, renewAt: Date?, provider: String, person: PersonKey, keys: KeyRing,
        in db: any SQLConnection
    ) throws {
        let key = key(provider, person)
        let changed = try db.run(
            "UPDATE accounts SET credential = ?, renew_at = ? WHERE \(ofPerson)",
            [try keys.seal(credential, at: KeyTable.credential.place(key)), renewAt?.milliseconds]
                + SQLArguments(key))
        guard changed == 1 else {
            throw StoreError(.notFound, "That person is not linked to \(Bounds.sentence(provider)) any more.")
        }
    }

    static func due(by moment: Date, limit: Int, keys: KeyRing, in db: any SQLConnection) throws -> [LinkedAccount] {
        try db.rows(
            "SELECT * FROM accounts WHERE renew_at <= ? ORDER BY renew_at LIMIT ?",
            [moment.milliseconds, Bounds.rows(limit)]
        ).map { try account($0, keys: keys) }
    }

    static func touch(provider: String, person: PersonKey, at now: Date, in db: any SQLConnection) throws {
        try db.run(
            "UPDATE accounts SET last_used_at = ? WHERE \(ofPerson)",
            [now.milliseconds] + SQLArguments(key(provider, person)))
    }

    static func unlink(provider: String, person: PersonKey, keys: KeyRing, in db: any SQLConnection) throws
        -> LinkedAccount?
    {
        let found = try find(provider: provider, person: person, keys: keys, in: db)
        try db.run("DELETE FROM accounts WHERE \(ofPerson)", SQLArguments(key(provider, person)))
        return found
    }

    private static func key(_ provider: String, _ person: PersonKey) -> [String] {
        [provider, person.enterpriseID ?? "", person.teamID ?? "", person.userID]
    }

    private static func account(_ columns: Columns, keys: KeyRing) throws -> LinkedAccount {
        let key = try KeyTable.credential.key.map { try columns.text($0) }
        return LinkedAccount(
            provider: try columns.text("provider"),
            person: PersonKey(
                enterpriseID: try columns.text("enterprise_id"), teamID: try columns.text("team_id"),
                userID: try columns.text("user_id")),
            accountID: try columns.text("account_id"), providerUserID: try columns.text("provider_user_id"),
            name: try columns.text("name"), email: try columns.optionalText("email"),
            credential: try keys.open(try columns.data("credential"), at: KeyTable.credential.place(key)),
            renewAt: try columns.optionalDate("renew_at"), createdAt: try columns.date("created_at"),
            lastUsedAt: try columns.optionalDate("last_used_at"))
    }
}
