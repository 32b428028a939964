extension StoreError {
    /// Puts a connection that did not come about into the store's words, with the mend.
    init(connecting failure: PostgreSQLFailure) {
        let said = failure.sentence
        switch failure.state {
        case "28P01":
            self.init(
                .noAccess,
                "PostgreSQL refused the password in DATABASE_URL (\(said)): correct it, or set it anew with "
                    + "ALTER ROLE … PASSWORD.")
        case "28000" where said.contains("is not permitted to log in"):
            self.init(
                .noAccess,
                "The role in DATABASE_URL may not log in (\(said)): allow it with ALTER ROLE … LOGIN, or name another.")
        case "28000" where said.contains("does not exist"):
            self.init(
                .noAccess,
                "The role in DATABASE_URL does not exist (\(said)): make it with CREATE ROLE … LOGIN, or name another.")
        case "28000" where said.contains("pg_hba.conf"):
            self.init(
                .noAccess,
                "The server lets nobody in from here (\(said)): add a line to its pg_hba.conf, and reload it.")
        case let state where state.hasPrefix("28"):
            self.init(
                .noAccess,
                "PostgreSQL refused access (\(state): \(said)): check user, password and sslmode in DATABASE_URL, and "
                    + "the server's pg_hba.conf.")
        case "3D000":
            self.init(
                .configuration,
                "The database in DATABASE_URL does not exist (\(said)): make it with createdb, or correct its name.")
        case "42501":
            self.init(
                .noAccess,
                "The role in DATABASE_URL may not use the database (\(said)): allow it with GRANT CONNECT ON DATABASE.")
        case "53300":
            self.init(
                .unavailable,
                "PostgreSQL has no connection left (\(said)): raise its max_connections; each host takes up to nine.")
        case "57P03":
            self.init(.unavailable, "PostgreSQL is starting or stopping (\(said)): wait a moment.")
        case "" where said.contains("no password supplied"):
            self.init(
                .noAccess,
                "PostgreSQL asks for a password, and DATABASE_URL has none (\(said)): add it, or set PGPASSFILE.")
        case "" where said.contains("read-only"):
            self.init(
                .unavailable,
                "The PostgreSQL server takes no writes (\(said)): DATABASE_URL must name the primary, or all servers.")
        default:
            self.init(
                .unavailable,
                "PostgreSQL cannot be reached (\(said)): see that it runs, and that DATABASE_URL names its host and "
                    + "port.")
        }
    }

    /// Puts whatever a piece of work threw into the store's words.
    init(postgreSQLWork error: any Error) {
        if let failure = error as? PostgreSQLFailure {
            self.init(postgreSQL: failure)
        } else {
            self.init(database: error)
        }
    }

    /// Puts what a statement met with into the store's words. Of the server's sentences only those are repeated that
    /// never hold values.
    init(postgreSQL failure: PostgreSQLFailure) {
        let state = failure.state
        switch state {
        case _ where failure.isLost:
            self.init(.unavailable, "The connection to PostgreSQL was lost (\(failure.sentence)).")
        case "53100":
            self.init(
                .diskFull, "The disk of the PostgreSQL server is full (\(failure.sentence)); make room, nothing else.")
        case "55P03", "57014", "40001", "40P01":
            self.init(
                .unavailable, "PostgreSQL was kept waiting by another transaction (\(failure.sentence)); try again.")
        case "25006":
            self.init(.unavailable, "The PostgreSQL server takes no writes at the moment (\(failure.sentence)).")
        case "42501":
            self.init(
                .noAccess,
                "The role in DATABASE_URL lacks a right (\(failure.sentence)): make it the owner of the database, or "
                    + "GRANT it.")
        case "42P01", "42703":
            self.init(
                .newerSchema,
                "The tables are not the ones that this version knows (\(failure.sentence)): start the version that "
                    + "changed them, or give each system a database of its own.")
        case "42P07":
            self.init(
                .configuration,
                "The database holds tables of another program (\(failure.sentence)): give BotHost a database of its "
                    + "own.")
        case _ where state.hasPrefix("23"):
            self.init(.conflict, "A row exists already or lacks something (PostgreSQL \(state)).")
        case _ where state.hasPrefix("22"), _ where state.hasPrefix("54"):
            self.init(.invalid, "What was given cannot be stored (PostgreSQL \(state)).")
        case _ where state.hasPrefix("XX"):
            self.init(.corrupt, "PostgreSQL found damage (\(state): \(failure.sentence)); check the server.")
        case _ where ["53", "57", "58"].contains(state.prefix(2)):
            self.init(.unavailable, "PostgreSQL cannot do it at the moment (\(state): \(failure.sentence)).")
        default:
            self.init(.unavailable, "PostgreSQL refused (\(state)).")
        }
    }
}
