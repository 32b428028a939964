import Foundation

/// The sizes that rows must keep to, and the check that they do.
///
/// Text is refused when it holds control characters: PostgreSQL has no NUL in text, and a line break in an id is
/// never what was meant. What may hold anything is stored as bytes.
package enum Bounds {
    /// Bytes in an id of Slack's or of a plugin, or in a job's kind.
    package static let id = 255
    /// Bytes in the key of a value or message, or in a job's unique or order key.
    package static let key = 512
    /// Bytes in a plugin's value.
    package static let value = 256 * 1024
    /// Bytes in a job's payload.
    package static let payload = 256 * 1024
    /// Bytes in a raw request body.
    package static let body = 1024 * 1024
    /// Bytes in a live message's content.
    package static let content = 256 * 1024
    /// Bytes in a secret.
    package static let secret = 16 * 1024
    /// Bytes in a sentence for people: a reason, a failure, a name.
    package static let sentence = 2048
    /// Failures kept with a job.
    package static let failures = 5
    /// Rows that one call returns at most.
    package static let page = 1000
    /// The same for rows that may be big (jobs, messages), and for deliveries, which hold whole bodies: a page must
    /// not fill the memory.
    package static let bigPage = 200
    package static let bodyPage = 50

    static func checkID(_ text: String, _ what: String) throws(StoreError) {
        try check(text, what, longest: id, mayBeEmpty: false)
    }

    static func checkOptionalID(_ text: String, _ what: String) throws(StoreError) {
        try check(text, what, longest: id, mayBeEmpty: true)
    }

    static func checkKey(_ text: String, _ what: String) throws(StoreError) {
        try check(text, what, longest: key, mayBeEmpty: false)
    }

    static func check(_ text: String, _ what: String, longest: Int, mayBeEmpty: Bool) throws(StoreError) {
        if text.isEmpty, !mayBeEmpty { throw StoreError(.invalid, "\(what) is empty.") }
        guard text.utf8.count <= longest else {
            throw StoreError(.invalid, "\(what) has \(text.utf8.count) bytes; \(longest) are allowed.")
        }
        for scalar in text.unicodeScalars where scalar.value < 0x20 || scalar.value == 0x7F || scalar == lastScalar {
            throw StoreError(.invalid, "\(what) holds a character that is not allowed there (a control character).")
        }
    }

    static func check(_ data: Data?, _ what: String, longest: Int) throws(StoreError) {
        guard let data, data.count > longest else { return }
        throw StoreError(.invalid, "\(what) has \(data.count) bytes; \(longest) are allowed.")
    }

    /// How many rows to read: what was asked for, within reason.
    static func rows(_ limit: Int, most: Int = page) -> Int { min(max(limit, 0), most) }

    /// A sentence that may have come from anywhere, made fit to be stored: control characters become spaces, and what
    /// is too long is cut at a scalar.
    static func sentence(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var size = 0
        for scalar in text.unicodeScalars {
            let clean = scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar
            size += UTF8.width(clean)
            if size > sentence { break }
            kept.append(clean)
        }
        return String(kept)
    }

    /// Sorts after every other scalar, so that it can end a range of keys that begin alike. Never part of a key.
    static let lastScalar: Unicode.Scalar = "\u{10FFFF}"
}
