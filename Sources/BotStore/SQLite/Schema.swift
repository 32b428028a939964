extension Migrator {
    /// The schema of this version. A step that has been released is never changed: add another one.
    static let bothost = Migrator(migrations: [
        Migration(number: 1, name: "first", sql: firstSchema),
        Migration(number: 2, name: "secrets and leases", sql: secretsAndLeases),
    ])

    /// Times are milliseconds since 1970, flags 0 or 1, absent ids empty strings where they are part of a key.
    private static let firstSchema = """
        CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO counters (name, value) VALUES ('value_version', 0);

        CREATE TABLE keys (
            id TEXT PRIMARY KEY, proof BLOB NOT NULL, created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE installations (
            id TEXT PRIMARY KEY,
            team_id TEXT NOT NULL,
            enterprise_id TEXT NOT NULL,
            is_enterprise_install INTEGER NOT NULL,
            app_id TEXT NOT NULL,
            bot_user_id TEXT NOT NULL,
            bot_token BLOB NOT NULL,
            bot_refresh_token BLOB,
            bot_token_expires_at INTEGER,
            scopes BLOB NOT NULL,
            name TEXT NOT NULL,
            suspended TEXT,
            accounts BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE accounts (
            provider TEXT NOT NULL,
            enterprise_id TEXT NOT NULL,
            team_id TEXT NOT NULL,
            user_id TEXT NOT NULL,
            account_id TEXT NOT NULL,
            provider_user_id TEXT NOT NULL,
            name TEXT NOT NULL,
            email TEXT,
            credential BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            last_used_at INTEGER,
            PRIMARY KEY (provider, enterprise_id, team_id, user_id)
        ) STRICT;
        CREATE UNIQUE INDEX accounts_by_provider_user
            ON accounts (provider, account_id, provider_user_id, enterprise_id, team_id);
        CREATE INDEX accounts_by_team ON accounts (provider, team_id, user_id);

        CREATE TABLE plugin_values (
            plugin TEXT NOT NULL,
            workspace TEXT NOT NULL,
            key TEXT NOT NULL,
            data BLOB NOT NULL,
            version INTEGER NOT NULL,
            expires_at INTEGER,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (plugin, workspace, key)
        ) STRICT;
        CREATE INDEX plugin_values_by_expiry ON plugin_values (expires_at) WHERE expires_at IS NOT NULL;

        CREATE TABLE inbox (
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            body BLOB NOT NULL,
            context BLOB,
            trace_id TEXT,
            received_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'handled', 'quarantined')),
            reason TEXT,
            settled_at INTEGER,
            PRIMARY KEY (source, id)
        ) STRICT;
        CREATE INDEX inbox_by_state ON inbox (state, received_at);
        CREATE INDEX inbox_by_settling ON inbox (settled_at) WHERE settled_at IS NOT NULL;

        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            state TEXT NOT NULL CHECK (state IN
                ('available', 'scheduled', 'running', 'retryable', 'completed', 'cancelled', 'discarded')),
            kind TEXT NOT NULL,
            plugin TEXT NOT NULL,
            workspace TEXT NOT NULL,
            origin BLOB,
            payload BLOB NOT NULL,
            lane INTEGER NOT NULL,
            unique_key TEXT,
            order_key TEXT,
            order_at INTEGER NOT NULL,
            run_at INTEGER NOT NULL,
            attempt INTEGER NOT NULL DEFAULT 0,
            max_attempts INTEGER NOT NULL,
            fence INTEGER NOT NULL DEFAULT 0,
            lease_until INTEGER,
            owner TEXT,
            failures BLOB,
            trace_id TEXT,
            created_at INTEGER NOT NULL,
            finished_at INTEGER
        ) STRICT;
        CREATE INDEX jobs_due ON jobs (lane, run_at, id) WHERE state IN ('available', 'scheduled', 'retryable');
        CREATE INDEX jobs_next ON jobs (run_at) WHERE state IN ('available', 'scheduled', 'retryable');
        CREATE INDEX jobs_leases ON jobs (lease_until) WHERE state = 'running';
        CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key)
            WHERE unique_key IS NOT NULL AND state IN ('available', 'scheduled', 'running', 'retryable');
        CREATE INDEX jobs_order ON jobs (order_key, order_at, id)
            WHERE order_key IS NOT NULL AND state IN ('available', 'scheduled', 'running', 'retryable');
        CREATE INDEX jobs_by_state ON jobs (state, id);
        CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;

        CREATE TABLE messages (
            plugin TEXT NOT NULL,
            workspace TEXT NOT NULL,
            key TEXT NOT NULL,
            channel TEXT NOT NULL,
            content BLOB,
            version INTEGER NOT NULL,
            painted_version INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT 'absent' CHECK (state IN ('absent', 'intent', 'posted', 'dead')),
            posted_channel TEXT,
            ts TEXT,
            intent_id TEXT,
            lane INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            lease_until INTEGER,
            fence INTEGER NOT NULL DEFAULT 0,
            reason TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (plugin, workspace, key)
        ) STRICT;
        CREATE INDEX messages_due ON messages (lane, due_at)
            WHERE state <> 'dead' AND painted_version < version;
        CREATE INDEX messages_waiting ON messages (workspace, channel)
            WHERE state <> 'dead' AND painted_version < version;
        CREATE INDEX messages_by_ts ON messages (workspace, posted_channel, ts) WHERE ts IS NOT NULL;
        CREATE INDEX messages_over ON messages (updated_at) WHERE state = 'dead' OR content IS NULL;

        CREATE TABLE enablement (
            workspace TEXT NOT NULL,
            plugin TEXT NOT NULL,
            is_enabled INTEGER NOT NULL,
            by TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (workspace, plugin)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE audit (
            number INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            workspace TEXT NOT NULL,
            detail BLOB,
            previous_hash BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;
        """

    private static let secretsAndLeases = """
        CREATE TABLE secrets (
            owner TEXT NOT NULL,
            name TEXT NOT NULL,
            sealed BLOB NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (owner, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE leases (
            name TEXT PRIMARY KEY,
            fence INTEGER NOT NULL,
            holder TEXT NOT NULL,
            held_until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX leases_by_end ON leases (held_until);
        """
}
