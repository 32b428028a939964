import Testing

@testable import BotStore

@Suite struct PostgreSQLFailureTests {
    private static let begin = "connection to server on socket \"/run/.s.PGSQL.5432\" failed: "

    /// What libpq says of a connection that did not come about, and what a person is told.
    @Test(arguments: [
        (
            "\(Self.begin)FATAL:  28P01: password authentication failed for user \"ada\"\nLOCATION:  auth_failed, auth.c:335\n",
            StoreError.Code.noAccess, "refused the password"
        ),
        (
            "\(Self.begin)FATAL:  28000: role \"ada\" is not permitted to log in\nLOCATION:  x, y.c:1\n", .noAccess,
            "ALTER ROLE … LOGIN"
        ),
        ("\(Self.begin)FATAL:  28000: role \"ada\" does not exist\n", .noAccess, "CREATE ROLE … LOGIN"),
        (
            "\(Self.begin)FATAL:  28000: no pg_hba.conf entry for host \"10.0.0.9\", user \"ada\"\n", .noAccess,
            "pg_hba.conf"
        ),
        (
            "\(Self.begin)FATAL:  28000: Peer authentication failed for user \"ada\"\n", .noAccess,
            "refused access (28000"
        ),
        ("\(Self.begin)FATAL:  28999: something new\n", .noAccess, "refused access (28999"),
        ("\(Self.begin)FATAL:  28ABC: etwas Neues\n", .noAccess, "refused access (28ABC"),
        ("\(Self.begin)FATAL:  3D000: database \"bothost\" does not exist\n", .configuration, "createdb"),
        ("\(Self.begin)FATAL:  53300: sorry, too many clients already\n", .unavailable, "max_connections"),
        ("\(Self.begin)FATAL:  57P03: the database system is starting up\n", .unavailable, "wait a moment"),
        ("connection to server failed: fe_sendauth: no password supplied\n", .noAccess, "has none"),
        ("connection to server failed: session is read-only\n", .unavailable, "must name the primary"),
        (
            "connection to server at \"db\", port 5432 failed: Connection refused\n\tIs the server running?\n",
            .unavailable, "cannot be reached (connection to server at \"db\", port 5432 failed: Connection refused Is"
        ),
    ])
    func `a connection that did not come about is told with the mend`(
        message: String, code: StoreError.Code, words: String
    ) {
        let error = StoreError(connecting: PostgreSQLFailure(connecting: message))
        #expect(error.code == code)
        #expect(error.sentence.contains(words), "\(error.sentence)")
        #expect(!error.sentence.contains("LOCATION"))
        #expect(!error.sentence.contains("\n"))
    }

    @Test(arguments: [
        ("23505", StoreError.Code.conflict), ("22P02", .invalid), ("22021", .invalid), ("54000", .invalid),
        ("42501", .noAccess), ("53100", .diskFull), ("55P03", .unavailable), ("57014", .unavailable),
        ("40P01", .unavailable), ("25006", .unavailable), ("XX001", .corrupt), ("42P01", .newerSchema),
        ("58030", .unavailable), ("42601", .unavailable), ("", .unavailable),
    ])
    func `what a statement met with has the code that decides what happens next`(state: String, code: StoreError.Code) {
        #expect(StoreError(postgreSQL: PostgreSQLFailure(state: state, "said", isLost: false)).code == code)
    }

    @Test(arguments: ["22P02", "23505", "42601"])
    func `a sentence of the server that may hold a value is not repeated`(state: String) {
        let failure = PostgreSQLFailure(state: state, "invalid input: \"CANARY\"", isLost: false)
        #expect(!StoreError(postgreSQL: failure).sentence.contains("CANARY"))
    }
}
