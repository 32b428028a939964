import Foundation
import GRDB

/// Reads the columns of a row without trapping: what is missing or of another type is a damaged database, not a
/// reason to end the process.
struct Columns {
    private let row: Row

    init(_ row: Row) { self.row = row }

    func text(_ name: String) throws -> String { try required(name) }
    func integer(_ name: String) throws -> Int64 { try required(name) }
    func data(_ name: String) throws -> Data { try required(name) }
    func flag(_ name: String) throws -> Bool { try integer(name) != 0 }
    func date(_ name: String) throws -> Date { Date(milliseconds: try integer(name)) }

    func count(_ name: String) throws -> Int {
        guard let count = Int(exactly: try integer(name)) else { throw damaged(name) }
        return count
    }

    func optionalText(_ name: String) throws -> String? { try optional(name) }
    func optionalData(_ name: String) throws -> Data? { try optional(name) }
    func optionalDate(_ name: String) throws -> Date? {
        let value: Int64? = try optional(name)
        return value.map { Date(milliseconds: $0) }
    }

    /// A word that stands for a case.
    func word<Word: RawRepresentable<String>>(_ name: String, as type: Word.Type) throws -> Word {
        guard let word = Word(rawValue: try text(name)) else { throw damaged(name) }
        return word
    }

    /// JSON that the store itself wrote.
    func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        do { return try JSONDecoder().decode(type, from: try data(name)) } catch { throw damaged(name) }
    }

    private func required<Value: DatabaseValueConvertible>(_ name: String) throws -> Value {
        guard let value: Value = try optional(name) else { throw damaged(name) }
        return value
    }

    private func optional<Value: DatabaseValueConvertible>(_ name: String) throws -> Value? {
        let stored: DatabaseValue? = row[name]
        guard let stored else { throw damaged(name) }
        if stored.isNull { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw damaged(name) }
        return value
    }

    private func damaged(_ name: String) -> StoreError {
        StoreError(.corrupt, "The column \(name) holds something unexpected; run a check of the database.")
    }
}

extension Date {
    /// The first and the last millisecond with a year of four digits, so that every stored time can be printed.
    private static let range: ClosedRange<Double> = -62_135_596_800_000...253_402_300_799_999

    /// Milliseconds since 1970, the form in which times are stored. What is out of range becomes the nearest there is.
    var milliseconds: Int64 {
        let exact = (timeIntervalSince1970 * 1000).rounded()
        let clamped =
            exact.isNaN ? Self.range.lowerBound : min(max(exact, Self.range.lowerBound), Self.range.upperBound)
        return Int64(exactly: clamped) ?? 0
    }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

extension Database {
    /// Runs a statement that is kept prepared, and returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try cachedStatement(sql: sql).execute(arguments: arguments)
        return changesCount
    }

    func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
        try Row.fetchAll(try cachedStatement(sql: sql), arguments: arguments)
    }

    func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(try cachedStatement(sql: sql), arguments: arguments)
    }

    func count(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try Int.fetchOne(try cachedStatement(sql: sql), arguments: arguments) ?? 0
    }
}
