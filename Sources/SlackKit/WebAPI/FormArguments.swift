package import PluginAPI

/// Writes the arguments of a Web API call as a form, which every method accepts; only some accept JSON.
///
/// - SeeAlso: https://docs.slack.dev/apis/web-api/#post_bodies
package enum FormArguments {
    /// What the body is, for the `Content-Type` header.
    package static let contentType = "application/x-www-form-urlencoded; charset=utf-8"

    /// The body: texts as they are, numbers and truth values written out, lists and objects as JSON.
    ///
    /// Members are in the order of their names, `null` is left out.
    ///
    /// - Parameter arguments: An object; anything else has no arguments.
    package static func encode(_ arguments: JSONValue) -> [UInt8] {
        guard case .object(let members) = arguments else { return [] }
        var body: [UInt8] = []
        for (name, value) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            let text: [UInt8]
            switch value {
            case .null: continue
            case .string(let string): text = Array(string.utf8)
            default: text = value.encoded
            }
            append(name: Array(name.utf8), value: text, to: &body)
        }
        return body
    }

    /// The body for fields in the given order.
    package static func encode(fields: [(name: String, value: String)]) -> [UInt8] {
        var body: [UInt8] = []
        for field in fields { append(name: Array(field.name.utf8), value: Array(field.value.utf8), to: &body) }
        return body
    }

    private static func append(name: [UInt8], value: [UInt8], to body: inout [UInt8]) {
        if !body.isEmpty { body.append(UInt8(ascii: "&")) }
        PercentEncoding.append(name, to: &body)
        body.append(UInt8(ascii: "="))
        PercentEncoding.append(value, to: &body)
    }
}
