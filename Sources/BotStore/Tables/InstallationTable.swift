import Foundation

/// The statements about installations. Tokens are sealed on the way in and opened on the way out.
enum InstallationTable {
    static func save(_ new: Installation, keys: KeyRing, in db: any SQLConnection) throws {
        try Bounds.checkID(new.id, "An installation's workspace (or organization, for one that covers it)")
        for (text, what) in [
            (new.teamID ?? "", "An installation's workspace"),
            (new.enterpriseID ?? "", "An installation's organization"),
            (new.appID, "An installation's app id"), (new.botUserID, "An installation's bot user"),
        ] { try Bounds.checkOptionalID(text, what) }
        let suspended: String? = if case .suspended(let reason) = new.state { Bounds.sentence(reason) } else { nil }
        try db.run(
            """
            INSERT INTO installations (id, team_id, enterprise_id, is_enterprise_install, app_id, bot_user_id,
                bot_token, bot_refresh_token, bot_token_expires_at, scopes, name, suspended, accounts, created_at,
                updated_at)
            VALUES (:id, :team, :enterprise, :org, :app, :bot, :token, :refresh, :expires, :scopes, :name, :suspended,
                :accounts, :created, :updated)
            ON CONFLICT (id) DO UPDATE SET team_id = excluded.team_id, enterprise_id = excluded.enterprise_id,
                is_enterprise_install = excluded.is_enterprise_install, app_id = excluded.app_id,
                bot_user_id = excluded.bot_user_id, bot_token = excluded.bot_token,
                bot_refresh_token = excluded.bot_refresh_token,
                bot_token_expires_at = excluded.bot_token_expires_at, scopes = excluded.scopes,
                name = excluded.name, suspended = excluded.suspended, updated_at = excluded.updated_at,
                accounts = CASE WHEN :mapped = 1 THEN excluded.accounts ELSE installations.accounts END
            """,
            [
                "id": new.id, "team": new.teamID ?? "", "enterprise": new.enterpriseID ?? "",
                "org": new.isEnterpriseInstall, "app": new.appID, "bot": new.botUserID,
                "token": try keys.seal(new.botToken, at: KeyTable.botToken.place([new.id])),
                "refresh": try new.botRefreshToken.map {
                    try keys.seal($0, at: KeyTable.botRefreshToken.place([new.id]))
                },
                "expires": new.botTokenExpiresAt?.milliseconds, "scopes": try encode(new.scopes),
                "name": Bounds.sentence(new.name), "suspended": suspended, "accounts": try encode(new.accounts),
                "created": new.createdAt.milliseconds, "updated": new.updatedAt.milliseconds,
                "mapped": !new.accounts.isEmpty,
            ])
    }

    static func find(teamID: String?, enterpriseID: String?, keys: KeyRing, in db: any SQLConnection) throws
        -> Installation?
    {
        // The exact workspace first; the organization's install only when there is none of its own.
        let row = try db.row(
            """
            SELECT * FROM installations
            WHERE (is_enterprise_install = 0 AND id = ?) OR (is_enterprise_install = 1 AND id = ?)
            ORDER BY is_enterprise_install LIMIT 1
            """, [teamID, enterpriseID])
        return try row.map { try installation($0, keys: keys) }
    }

    static func all(keys: KeyRing, in db: any SQLConnection) throws -> [Installation] {
        try db.rows("SELECT * FROM installations ORDER BY id", []).map { try installation($0, keys: keys) }
    }

    static func setState(_ state: InstallationState, id: String, at now: Date, in db: any SQLConnection) throws {
        let suspended: String? = if case .suspended(let reason) = state { Bounds.sentence(reason) } else { nil }
        let changed = try db.run(
            "UPDATE installations SET suspended = ?, updated_at = ? WHERE id = ?", [suspended, now.milliseconds, id])
        guard changed == 1 else { throw unknown(id) }
    }

    static func map(_ id: String, provider: String, to account: MappedAccount?, at now: Date, in db: any SQLConnection)
        throws
    {
        try Bounds.checkID(provider, "A provider's id")
        guard let row = try db.row("SELECT accounts FROM installations WHERE id = ? \(db.dialect.forUpdate)", [id])
        else { throw unknown(id) }
        var accounts = try row.json("accounts", as: [String: MappedAccount].self)
        accounts[provider] = account
        try db.run(
            "UPDATE installations SET accounts = ?, updated_at = ? WHERE id = ?",
            [try encode(accounts), now.milliseconds, id])
    }

    static func delete(_ id: String, in db: any SQLConnection) throws -> Bool {
        try db.run("DELETE FROM installations WHERE id = ?", [id]) == 1
    }

    private static func unknown(_ id: String) -> StoreError {
        StoreError(.notFound, "The app is not installed in \(Bounds.sentence(id)).")
    }

    private static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(value)
    }

    private static func installation(_ columns: Columns, keys: KeyRing) throws -> Installation {
        let id = try columns.text("id")
        let (team, enterprise) = (try columns.text("team_id"), try columns.text("enterprise_id"))
        return Installation(
            teamID: team.isEmpty ? nil : team, enterpriseID: enterprise.isEmpty ? nil : enterprise,
            isEnterpriseInstall: try columns.flag("is_enterprise_install"), appID: try columns.text("app_id"),
            botUserID: try columns.text("bot_user_id"),
            botToken: try keys.open(try columns.data("bot_token"), at: KeyTable.botToken.place([id])),
            botRefreshToken: try columns.optionalData("bot_refresh_token").map {
                try keys.open($0, at: KeyTable.botRefreshToken.place([id]))
            },
            botTokenExpiresAt: try columns.optionalDate("bot_token_expires_at"),
            scopes: try columns.json("scopes", as: [String].self), name: try columns.text("name"),
            state: try columns.optionalText("suspended").map { .suspended(reason: $0) } ?? .active,
            accounts: try columns.json("accounts", as: [String: MappedAccount].self),
            createdAt: try columns.date("created_at"), updatedAt: try columns.date("updated_at"))
    }
}
