/// A statement in PostgreSQL's words: `$1`, `$2` where ours have `?` or `:name`.
struct PostgreSQLStatement: Sendable, Equatable {
    let sql: String
    /// Which argument each parameter takes, in the order of their numbers.
    let parameters: [Parameter]

    enum Parameter: Sendable, Equatable {
        case position(Int)
        case name(String)
    }

    /// Statements are constant text of ours. What stands in quotes is left as it is, and so are casts (`::`).
    init(_ text: String) {
        let bytes = Array(text.utf8)
        var sql: [UInt8] = []
        var parameters: [Parameter] = []
        var numbers: [String: Int] = [:]
        var positions = 0
        var index = 0
        func isName(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                let end = bytes[(index + 1)...].firstIndex(of: byte) ?? bytes.count - 1
                sql += bytes[index...end]
                index = end + 1
            case UInt8(ascii: "?"):
                parameters.append(.position(positions))
                positions += 1
                sql += Array("$\(parameters.count)".utf8)
                index += 1
            case UInt8(ascii: ":") where next == byte:
                sql += [byte, byte]
                index += 2
            case UInt8(ascii: ":") where isName(next):
                let end = bytes[(index + 1)...].firstIndex { !isName($0) } ?? bytes.count
                let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
                if numbers[name] == nil {
                    parameters.append(.name(name))
                    numbers[name] = parameters.count
                }
                sql += Array("$\(numbers[name] ?? 0)".utf8)
                index = end
            default:
                sql.append(byte)
                index += 1
            }
        }
        self.sql = String(decoding: sql, as: UTF8.self)
        self.parameters = parameters
    }

    /// The arguments in the order of the parameters; what is missing is NULL.
    func values(_ arguments: SQLArguments) -> [SQLValue] {
        parameters.map { parameter in
            switch parameter {
            case .position(let position):
                position < arguments.positional.count ? arguments.positional[position] : .null
            case .name(let name): arguments.named[name] ?? .null
            }
        }
    }
}
