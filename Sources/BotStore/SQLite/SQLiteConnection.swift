import Foundation
import GRDB

/// GRDB's connection, as the statements of the tables see it.
struct SQLiteConnection: SQLConnection {
    let database: Database
    let leaseClock: SQLiteLeaseClock

    var dialect: SQLDialect { .sqlite }

    func run(_ sql: String, _ arguments: SQLArguments) throws -> Int {
        do {
            try database.cachedStatement(sql: sql).execute(arguments: Self.bound(arguments))
            return database.changesCount
        } catch {
            throw StoreError(database: error)
        }
    }

    func rows(_ sql: String, _ arguments: SQLArguments) throws -> [Columns] {
        do {
            return try Row.fetchAll(try database.cachedStatement(sql: sql), arguments: Self.bound(arguments))
                .map { Columns(SQLiteRow(row: $0)) }
        } catch {
            throw StoreError(database: error)
        }
    }

    func leaseTime(_ now: Date) -> Date { leaseClock.time(now) }

    /// There is one connection, so transactions follow one another anyway.
    func serialize(on name: String) {}

    private static func bound(_ arguments: SQLArguments) -> StatementArguments {
        func value(_ value: SQLValue) -> (any DatabaseValueConvertible)? {
            switch value {
            case .null, .other: nil
            case .integer(let integer): integer
            case .text(let text): text
            case .bytes(let data): data
            }
        }
        return arguments.named.isEmpty
            ? StatementArguments(arguments.positional.map(value))
            : StatementArguments(arguments.named.mapValues(value))
    }
}

private struct SQLiteRow: SQLRow {
    let row: Row

    func value(_ name: String) -> SQLValue? {
        let stored: DatabaseValue? = row[name]
        guard let stored else { return nil }
        switch stored.storage {
        case .null: return .null
        case .int64(let integer): return .integer(integer)
        case .string(let text): return .text(text)
        case .blob(let data): return .bytes(data)
        case .double: return .other
        }
    }
}

/// The clock of the leases in a file that one process has to itself: it starts where the machine's stands, and then
/// runs at the same pace whatever is done to that one.
struct SQLiteLeaseClock: Sendable {
    private let mode: LeaseTime
    private let startedAt: Date
    private let start = ContinuousClock.now

    init(_ mode: LeaseTime, startedAt: Date) {
        self.mode = mode
        self.startedAt = startedAt
    }

    func time(_ now: Date) -> Date {
        switch mode {
        case .caller: now
        case .own: startedAt + start.duration(to: .now) / .seconds(1)
        }
    }
}
