package import FoundationEssentials

/// What goes over the wire for a call, but for the credential, which the host puts on.
package struct PagerDutyRequest: Hashable, Sendable {
    package var method: Method
    /// Begins with `/`, without a query.
    package var path: String
    package var query: [QueryItem]
    package var body: Data?
    /// The e-mail address for the `From` header.
    package var from: String?

    package enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    package struct QueryItem: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    init(_ method: Method, _ path: String, query: [QueryItem] = []) {
        self.method = method
        self.path = path
        self.query = query
    }

    /// A request with a JSON body. Bodies here are text and lists of text, which always encode.
    init(_ method: Method, _ path: String, json: some Encodable) {
        self.init(method, path)
        body = try? JSONEncoder().encode(json)
    }

    /// Path and query, percent-encoded.
    package var target: String {
        guard !query.isEmpty else { return path }
        return path + "?"
            + query.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
    }

    /// Everything but the unreserved characters of RFC 3986 §2.3 is encoded, byte by byte.
    private static func encoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                let hex = Array("0123456789ABCDEF".utf8)
                encoded += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
