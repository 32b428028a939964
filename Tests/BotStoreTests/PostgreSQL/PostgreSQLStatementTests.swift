import Testing

@testable import BotStore

@Suite struct PostgreSQLStatementTests {
    @Test func `parameters by position are numbered`() {
        let statement = PostgreSQLStatement("SELECT a FROM t WHERE b = ? AND c IN (?, ?)")
        #expect(statement.sql == "SELECT a FROM t WHERE b = $1 AND c IN ($2, $3)")
        #expect(statement.values([1, "x", nil]) == [.integer(1), .text("x"), .null])
        #expect(statement.values([1]) == [.integer(1), .null, .null])
    }

    @Test func `a parameter by name has one number wherever it stands`() {
        let statement = PostgreSQLStatement("VALUES (:now, :due_at, :now)")
        #expect(statement.sql == "VALUES ($1, $2, $1)")
        #expect(statement.values(["now": 1, "due_at": 2]) == [.integer(1), .integer(2)])
    }

    @Test(arguments: [
        "SELECT '?', ':a', 'it''s ?'", "SELECT x::bigint", #"TEXT COLLATE "C?""#, "SELECT 'open ?", "SELECT ': '",
        "a : b",
        "",
    ])
    func `what is quoted and what is cast is left as it is`(sql: String) {
        #expect(PostgreSQLStatement(sql) == PostgreSQLStatement(sql))
        #expect(PostgreSQLStatement(sql).sql == sql)
        #expect(PostgreSQLStatement(sql).parameters.isEmpty)
    }
}
