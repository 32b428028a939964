import HTTPTypes

/// A cookie of a page's: for this host alone, out of reach of scripts, and not sent with what other pages post.
///
/// The name begins with `__Host-`, so that no neighbour under the same domain can plant one.
/// - SeeAlso: <https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes>
struct PageCookie: Sendable, Equatable {
    let name: String
    /// What ``RandomToken`` makes: nothing in it needs quoting.
    let value: String
    /// How long the browser keeps it; `nil` until it is closed.
    let seconds: Int?

    init(_ name: String, _ value: String, seconds: Int? = nil) {
        self.name = "__Host-" + name
        self.value = value
        self.seconds = seconds
    }

    /// Takes it away.
    static func gone(_ name: String) -> PageCookie { PageCookie(name, "", seconds: 0) }

    var header: String {
        let age = seconds.map { "; Max-Age=\($0)" } ?? ""
        return "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax\(age)"
    }

    /// The value that a browser sent; `nil` where it sent none, or two, of which one is somebody else's.
    static func sent(_ name: String, in headers: HTTPFields) -> String? {
        let wanted = Array("__Host-\(name)=".utf8)
        var found: [String] = []
        for field in headers[values: .cookie] {
            for part in field.utf8.split(separator: UInt8(ascii: ";")) {
                let trimmed = part.drop { $0 == UInt8(ascii: " ") }
                guard trimmed.starts(with: wanted) else { continue }
                found.append(String(decoding: trimmed.dropFirst(wanted.count), as: UTF8.self))
            }
        }
        guard found.count == 1, let value = found.first, RandomToken.isPlausible(value) else { return nil }
        return value
    }
}
