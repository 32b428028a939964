/// The two ways in which Slack writes a body.
package enum BodyKind: Sendable, Hashable {
    /// `application/x-www-form-urlencoded`: slash commands and interactions.
    case form
    /// `application/json`: events.
    case json

    /// Reads a `Content-Type` header. Parameters such as the character set do not count.
    ///
    /// - Returns: Nil for anything that Slack does not send.
    package init?(contentType: String?) {
        guard let contentType, contentType.utf8.count <= 256 else { return nil }
        var type = contentType.utf8.prefix { $0 != UInt8(ascii: ";") }
        while let last = type.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { type.removeLast() }
        let lowered = type.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        if lowered.elementsEqual("application/x-www-form-urlencoded".utf8) {
            self = .form
        } else if lowered.elementsEqual("application/json".utf8) {
            self = .json
        } else {
            return nil
        }
    }
}
