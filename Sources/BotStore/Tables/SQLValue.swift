import Foundation

/// A value in a row, or one that is bound to a statement.
enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    case bytes(Data)
    /// Of a type that the store never writes.
    case other
}

/// What can be bound to a statement. Whatever it holds, it never becomes part of the statement's text.
protocol SQLBindable {
    var sqlValue: SQLValue { get }
}

extension Int64: SQLBindable {
    var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLBindable {
    var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Bool: SQLBindable {
    var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension String: SQLBindable {
    var sqlValue: SQLValue { .text(self) }
}

extension Data: SQLBindable {
    var sqlValue: SQLValue { .bytes(self) }
}

/// The values of a statement's parameters: by position for `?`, by name for `:name`.
struct SQLArguments: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    let positional: [SQLValue]
    let named: [String: SQLValue]

    init(_ texts: [String]) {
        positional = texts.map { .text($0) }
        named = [:]
    }

    init(arrayLiteral elements: (any SQLBindable)?...) {
        positional = elements.map { $0?.sqlValue ?? .null }
        named = [:]
    }

    init(dictionaryLiteral elements: (String, (any SQLBindable)?)...) {
        positional = []
        named = Dictionary(elements.map { ($0.0, $0.1?.sqlValue ?? .null) }) { _, last in last }
    }

    private init(positional: [SQLValue]) {
        self.positional = positional
        named = [:]
    }

    static func + (left: SQLArguments, right: SQLArguments) -> SQLArguments {
        SQLArguments(positional: left.positional + right.positional)
    }
}
