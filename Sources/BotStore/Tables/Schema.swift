extension Migrator {
    /// The schema of this version. A step that has been released is never changed: add another one.
    static let bothost = Migrator(migrations: [
        Migration(number: 1, name: "first") { firstSchema($0) },
        Migration(number: 2, name: "secrets and leases") { secretsAndLeases($0) },
        Migration(number: 3, name: "messages by channel") { messagesByChannel($0) },
        Migration(number: 4, name: "outcomes of commits") { outcomesOfCommits($0) },
        Migration(number: 5, name: "API tokens") { apiTokens($0) },
        Migration(number: 6, name: "credentials that are renewed") { renewedCredentials($0) },
        Migration(number: 7, name: "crashes of jobs") { crashesOfJobs($0) },
        Migration(number: 8, name: "jobs that ran at a crash") { _ in
            "CREATE INDEX jobs_suspect ON jobs (lane, run_at, id) WHERE crashes > 0;"
        },
    ])

    /// Times are milliseconds since 1970, flags 0 or 1, absent ids empty strings where they are part of a key.
    private static func firstSchema(_ db: SQLDialect) -> String {
        """
        CREATE TABLE counters (name \(db.text) PRIMARY KEY, value \(db.integer) NOT NULL)\(db.strictByKey);
        INSERT INTO counters (name, value) VALUES ('value_version', 0);

        \(db == .postgreSQL ? "CREATE SEQUENCE value_versions;" : "")

        CREATE TABLE keys (
            id \(db.text) PRIMARY KEY, proof \(db.bytes) NOT NULL, created_at \(db.integer) NOT NULL
        )\(db.strictByKey);

        CREATE TABLE installations (
            id \(db.text) PRIMARY KEY,
            team_id \(db.text) NOT NULL,
            enterprise_id \(db.text) NOT NULL,
            is_enterprise_install \(db.integer) NOT NULL,
            app_id \(db.text) NOT NULL,
            bot_user_id \(db.text) NOT NULL,
            bot_token \(db.bytes) NOT NULL,
            bot_refresh_token \(db.bytes),
            bot_token_expires_at \(db.integer),
            scopes \(db.bytes) NOT NULL,
            name \(db.text) NOT NULL,
            suspended \(db.text),
            accounts \(db.bytes) NOT NULL,
            created_at \(db.integer) NOT NULL,
            updated_at \(db.integer) NOT NULL
        )\(db.strict);

        CREATE TABLE accounts (
            provider \(db.text) NOT NULL,
            enterprise_id \(db.text) NOT NULL,
            team_id \(db.text) NOT NULL,
            user_id \(db.text) NOT NULL,
            account_id \(db.text) NOT NULL,
            provider_user_id \(db.text) NOT NULL,
            name \(db.text) NOT NULL,
            email \(db.text),
            credential \(db.bytes) NOT NULL,
            created_at \(db.integer) NOT NULL,
            last_used_at \(db.integer),
            PRIMARY KEY (provider, enterprise_id, team_id, user_id)
        )\(db.strict);
        CREATE UNIQUE INDEX accounts_by_provider_user
            ON accounts (provider, account_id, provider_user_id, enterprise_id, team_id);
        CREATE INDEX accounts_by_team ON accounts (provider, team_id, user_id);

        CREATE TABLE plugin_values (
            plugin \(db.text) NOT NULL,
            workspace \(db.text) NOT NULL,
            key \(db.text) NOT NULL,
            data \(db.bytes) NOT NULL,
            version \(db.integer) NOT NULL,
            expires_at \(db.integer),
            updated_at \(db.integer) NOT NULL,
            PRIMARY KEY (plugin, workspace, key)
        )\(db.strict);
        CREATE INDEX plugin_values_by_expiry ON plugin_values (expires_at) WHERE expires_at IS NOT NULL;

        CREATE TABLE inbox (
            source \(db.text) NOT NULL,
            id \(db.text) NOT NULL,
            body \(db.bytes) NOT NULL,
            context \(db.bytes),
            trace_id \(db.text),
            received_at \(db.integer) NOT NULL,
            attempts \(db.integer) NOT NULL DEFAULT 0,
            state \(db.text) NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'handled', 'quarantined')),
            reason \(db.text),
            settled_at \(db.integer),
            PRIMARY KEY (source, id)
        )\(db.strict);
        CREATE INDEX inbox_by_state ON inbox (state, received_at);
        CREATE INDEX inbox_by_settling ON inbox (settled_at) WHERE settled_at IS NOT NULL;

        CREATE TABLE jobs (
            id \(db.counted),
            state \(db.text) NOT NULL CHECK (state IN
                ('available', 'scheduled', 'running', 'retryable', 'completed', 'cancelled', 'discarded')),
            kind \(db.text) NOT NULL,
            plugin \(db.text) NOT NULL,
            workspace \(db.text) NOT NULL,
            origin \(db.bytes),
            payload \(db.bytes) NOT NULL,
            lane \(db.integer) NOT NULL,
            unique_key \(db.text),
            order_key \(db.text),
            order_at \(db.integer) NOT NULL,
            run_at \(db.integer) NOT NULL,
            attempt \(db.integer) NOT NULL DEFAULT 0,
            max_attempts \(db.integer) NOT NULL,
            fence \(db.integer) NOT NULL DEFAULT 0,
            lease_until \(db.integer),
            owner \(db.text),
            failures \(db.bytes),
            trace_id \(db.text),
            created_at \(db.integer) NOT NULL,
            finished_at \(db.integer)
        )\(db.strict);
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
            plugin \(db.text) NOT NULL,
            workspace \(db.text) NOT NULL,
            key \(db.text) NOT NULL,
            channel \(db.text) NOT NULL,
            content \(db.bytes),
            version \(db.integer) NOT NULL,
            painted_version \(db.integer) NOT NULL DEFAULT 0,
            state \(db.text) NOT NULL DEFAULT 'absent' CHECK (state IN ('absent', 'intent', 'posted', 'dead')),
            posted_channel \(db.text),
            ts \(db.text),
            intent_id \(db.text),
            lane \(db.integer) NOT NULL,
            due_at \(db.integer) NOT NULL,
            lease_until \(db.integer),
            fence \(db.integer) NOT NULL DEFAULT 0,
            reason \(db.text),
            created_at \(db.integer) NOT NULL,
            updated_at \(db.integer) NOT NULL,
            PRIMARY KEY (plugin, workspace, key)
        )\(db.strict);
        CREATE INDEX messages_due ON messages (lane, due_at)
            WHERE state <> 'dead' AND painted_version < version;
        CREATE INDEX messages_waiting ON messages (workspace, channel)
            WHERE state <> 'dead' AND painted_version < version;
        CREATE INDEX messages_by_ts ON messages (workspace, posted_channel, ts) WHERE ts IS NOT NULL;
        CREATE INDEX messages_over ON messages (updated_at) WHERE state = 'dead' OR content IS NULL;

        CREATE TABLE enablement (
            workspace \(db.text) NOT NULL,
            plugin \(db.text) NOT NULL,
            is_enabled \(db.integer) NOT NULL,
            by \(db.text) NOT NULL,
            at \(db.integer) NOT NULL,
            PRIMARY KEY (workspace, plugin)
        )\(db.strictByKey);

        CREATE TABLE audit (
            number \(db.integer) PRIMARY KEY,
            at \(db.integer) NOT NULL,
            actor \(db.text) NOT NULL,
            action \(db.text) NOT NULL,
            subject \(db.text) NOT NULL,
            workspace \(db.text) NOT NULL,
            detail \(db.bytes),
            previous_hash \(db.bytes) NOT NULL,
            hash \(db.bytes) NOT NULL
        )\(db.strict);
        """
    }

    private static func secretsAndLeases(_ db: SQLDialect) -> String {
        """
        CREATE TABLE secrets (
            owner \(db.text) NOT NULL,
            name \(db.text) NOT NULL,
            sealed \(db.bytes) NOT NULL,
            updated_at \(db.integer) NOT NULL,
            PRIMARY KEY (owner, name)
        )\(db.strictByKey);

        CREATE TABLE leases (
            name \(db.text) PRIMARY KEY,
            fence \(db.integer) NOT NULL,
            holder \(db.text) NOT NULL,
            held_until \(db.integer) NOT NULL
        )\(db.strictByKey);
        CREATE INDEX leases_by_end ON leases (held_until);
        """
    }

    private static func renewedCredentials(_ db: SQLDialect) -> String {
        """
        ALTER TABLE accounts ADD COLUMN renew_at \(db.integer);
        CREATE INDEX accounts_to_renew ON accounts (renew_at) WHERE renew_at IS NOT NULL;
        """
    }

    /// How often the process has ended during attempts, one after the other.
    private static func crashesOfJobs(_ db: SQLDialect) -> String {
        "ALTER TABLE jobs ADD COLUMN crashes \(db.integer) NOT NULL DEFAULT 0;"
    }

    /// The channel becomes a part of a message's key; until then it was written before the key, with a slash.
    private static func messagesByChannel(_ db: SQLDialect) -> String {
        """
        CREATE TABLE messages_by_channel (
            plugin \(db.text) NOT NULL,
            workspace \(db.text) NOT NULL,
            channel \(db.text) NOT NULL,
            key \(db.text) NOT NULL,
            organization \(db.text) NOT NULL DEFAULT '',
            parent \(db.text),
            digest \(db.text),
            content \(db.bytes),
            version \(db.integer) NOT NULL,
            painted_version \(db.integer) NOT NULL DEFAULT 0,
            state \(db.text) NOT NULL DEFAULT 'absent' CHECK (state IN ('absent', 'intent', 'posted', 'dead')),
            posted_channel \(db.text),
            ts \(db.text),
            thread \(db.text),
            intent_id \(db.text),
            lane \(db.integer) NOT NULL,
            due_at \(db.integer) NOT NULL,
            lease_until \(db.integer),
            fence \(db.integer) NOT NULL DEFAULT 0,
            reason \(db.text),
            created_at \(db.integer) NOT NULL,
            updated_at \(db.integer) NOT NULL,
            PRIMARY KEY (plugin, workspace, channel, key)
        )\(db.strict);
        INSERT INTO messages_by_channel (plugin, workspace, channel, key, content, version, painted_version, state,
            posted_channel, ts, intent_id, lane, due_at, lease_until, fence, reason, created_at, updated_at)
        SELECT plugin, workspace, channel,
            CASE WHEN substr(key, 1, length(channel) + 1) = channel || '/' AND length(key) > length(channel) + 1
                THEN substr(key, length(channel) + 2) ELSE key END,
            content, version, painted_version, state, posted_channel, ts, intent_id, lane, due_at, lease_until, fence,
            reason, created_at, updated_at
        FROM messages;
        DROP TABLE messages;
        ALTER TABLE messages_by_channel RENAME TO messages;
        CREATE INDEX messages_due ON messages (workspace, channel, lane, due_at)
            WHERE state <> 'dead' AND painted_version < version;
        CREATE INDEX messages_by_ts ON messages (workspace, posted_channel, ts) WHERE ts IS NOT NULL;
        CREATE INDEX messages_by_digest ON messages (workspace, channel, digest) WHERE digest IS NOT NULL;
        CREATE INDEX messages_over ON messages (updated_at) WHERE state IN ('absent', 'dead');
        """
    }

    /// Which transactions were committed, for a few minutes. SQLite knows that without.
    private static func outcomesOfCommits(_ db: SQLDialect) -> String {
        guard db == .postgreSQL else { return "" }
        return """
            CREATE TABLE commits (
                id \(db.text) PRIMARY KEY, at \(db.integer) NOT NULL, is_withdrawn \(db.integer) NOT NULL DEFAULT 0
            );
            """
    }

    private static func apiTokens(_ db: SQLDialect) -> String {
        """
        CREATE TABLE api_tokens (
            id \(db.text) PRIMARY KEY,
            name \(db.text) NOT NULL,
            hash \(db.bytes) NOT NULL,
            created_at \(db.integer) NOT NULL,
            last_used_at \(db.integer)
        )\(db.strictByKey);
        CREATE UNIQUE INDEX api_tokens_by_name ON api_tokens (name);
        """
    }
}
