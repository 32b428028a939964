import CLibPQ
import Foundation

/// What a statement brought back, read into values so that nothing of libpq's outlives the call.
struct PostgreSQLResult: Sendable {
    /// Rows that the statement changed.
    let changed: Int
    let rows: [PostgreSQLRow]

    static let nothing = PostgreSQLResult(changed: 0, rows: [])

    init(changed: Int, rows: [PostgreSQLRow]) {
        self.changed = changed
        self.rows = rows
    }

    /// Reads a result that came in the binary form.
    init(reading result: OpaquePointer) {
        changed = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
        let width = PQnfields(result)
        var columns: [String: Int] = [:]
        var types: [Oid] = []
        for column in 0..<width {
            if let name = PQfname(result, column) { columns[String(cString: name)] = Int(column) }
            types.append(PQftype(result, column))
        }
        rows = (0..<PQntuples(result)).map { row in
            PostgreSQLRow(
                columns: columns,
                values: types.enumerated().map { index, type in
                    let column = Int32(truncatingIfNeeded: index)
                    guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else {
                        return .null
                    }
                    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
                    return SQLValue(bytes, type: type)
                })
        }
    }
}

/// A row that PostgreSQL returned.
struct PostgreSQLRow: SQLRow, Sendable {
    let columns: [String: Int]
    let values: [SQLValue]

    func value(_ name: String) -> SQLValue? {
        columns[name].flatMap { values.indices.contains($0) ? values[$0] : nil }
    }
}

extension SQLValue {
    /// Reads a value in PostgreSQL's binary form. The numbers of the types are fixed for all time in `pg_type.dat`.
    fileprivate init(_ bytes: UnsafeRawBufferPointer, type: Oid) {
        switch type {
        case 17:
            self = .bytes(Data(bytes))
        case 18, 19, 25, 1042, 1043:
            self = .text(String(decoding: bytes, as: UTF8.self))
        case 16, 20, 21, 23:
            // Big-endian, and as many bytes as the type has; the first one's sign counts.
            let start: Int64 = type != 16 && (bytes.first ?? 0) & 0x80 != 0 ? -1 : 0
            self = bytes.count <= 8 ? .integer(bytes.reduce(start) { $0 << 8 | Int64($1) }) : .other
        default:
            self = .other
        }
    }
}
