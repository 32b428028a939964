import Foundation

/// A row as a database returned it.
protocol SQLRow {
    /// The column's value; nil where there is no such column.
    func value(_ name: String) -> SQLValue?
}

/// Reads the columns of a row without trapping: what is missing or of another type is a damaged database, not a
/// reason to end the process.
struct Columns {
    private let row: any SQLRow

    init(_ row: any SQLRow) { self.row = row }

    func text(_ name: String) throws -> String {
        guard let text = try optionalText(name) else { throw damaged(name) }
        return text
    }

    func integer(_ name: String) throws -> Int64 {
        guard let integer = try optionalInteger(name) else { throw damaged(name) }
        return integer
    }

    func data(_ name: String) throws -> Data {
        guard let data = try optionalData(name) else { throw damaged(name) }
        return data
    }

    func flag(_ name: String) throws -> Bool { try integer(name) != 0 }
    func date(_ name: String) throws -> Date { Date(milliseconds: try integer(name)) }

    func count(_ name: String) throws -> Int {
        guard let count = Int(exactly: try integer(name)) else { throw damaged(name) }
        return count
    }

    func optionalText(_ name: String) throws -> String? {
        guard let value = try optional(name) else { return nil }
        guard case .text(let text) = value else { throw damaged(name) }
        return text
    }

    func optionalInteger(_ name: String) throws -> Int64? {
        guard let value = try optional(name) else { return nil }
        guard case .integer(let integer) = value else { throw damaged(name) }
        return integer
    }

    func optionalData(_ name: String) throws -> Data? {
        guard let value = try optional(name) else { return nil }
        guard case .bytes(let data) = value else { throw damaged(name) }
        return data
    }

    func optionalDate(_ name: String) throws -> Date? {
        try optionalInteger(name).map { Date(milliseconds: $0) }
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

    private func optional(_ name: String) throws -> SQLValue? {
        guard let value = row.value(name) else { throw damaged(name) }
        return value == .null ? nil : value
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
