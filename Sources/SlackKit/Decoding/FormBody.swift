/// A decoded `application/x-www-form-urlencoded` body: Slack's slash commands and the envelope of interactions.
///
/// Decoded straight from the bytes. Where a name stands twice the first one counts, as in Slack's own SDKs.
///
/// - SeeAlso: https://url.spec.whatwg.org/#urlencoded-parsing
package struct FormBody: Sendable, Equatable {
    /// More fields than any request of Slack's has.
    package static let maximumFields = 100

    /// A name and its value, decoded.
    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    /// The fields in the order of the body, repeated names included.
    package let fields: [Field]

    /// The value of the first field with this name, or nil.
    package subscript(name: StaticString) -> String? {
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        // Bytes, not `==`: two strings can be equal without being the same field.
        return fields.first { $0.name.utf8.count == wanted.count && $0.name.utf8.elementsEqual(wanted) }?.value
    }

    /// The value of a field, nil if it is missing or empty: Slack leaves fields empty that do not apply.
    package func nonEmpty(_ name: StaticString) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Decodes a body.
    ///
    /// - Throws: ``DecodeFault`` for a percent sign without two hexadecimal digits, for bytes that are not UTF-8,
    ///   for a NUL, and for more than ``maximumFields`` fields. The path is the field's number, `form[3]`, until
    ///   its name is known.
    package init(_ body: UnsafeRawBufferPointer) throws(DecodeFault) {
        var fields: [Field] = []
        fields.reserveCapacity(16)
        var start = 0
        while start < body.count {
            let end = Self.index(of: UInt8(ascii: "&"), in: body, from: start, to: body.count)
            if end > start {
                guard fields.count < Self.maximumFields else {
                    throw DecodeFault("form", expected: "at most \(Self.maximumFields) fields", found: "more")
                }
                let equals = Self.index(of: UInt8(ascii: "="), in: body, from: start, to: end)
                let name = try Self.text(body, start..<equals, number: fields.count)
                let value = equals < end ? try Self.text(body, (equals + 1)..<end, number: fields.count) : ""
                fields.append(Field(name: name, value: value))
            }
            start = end + 1
        }
        self.fields = fields
    }

    /// Decodes a body that is an array.
    package init(_ body: [UInt8]) throws(DecodeFault) {
        let result = body.withUnsafeBytes { bytes in Result { () throws(DecodeFault) in try FormBody(bytes) } }
        self = try result.get()
    }

    private static func index(of byte: UInt8, in body: UnsafeRawBufferPointer, from: Int, to end: Int) -> Int {
        var index = from
        while index < end, body[index] != byte { index += 1 }
        return index
    }

    /// - Parameter number: Which field it is, for the fault's place.
    private static func text(
        _ body: UnsafeRawBufferPointer, _ range: Range<Int>, number: Int
    ) throws(DecodeFault) -> String {
        guard !range.isEmpty else { return "" }
        let decoded = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: range.count) { room in
            var count = 0
            var seen: UInt8 = 0
            var index = range.lowerBound
            while index < range.upperBound {
                var byte = body[index]
                if byte == UInt8(ascii: "+") {
                    byte = UInt8(ascii: " ")
                } else if byte == UInt8(ascii: "%") {
                    guard index + 2 < range.upperBound, let high = hexValue(body[index + 1]),
                        let low = hexValue(body[index + 2])
                    else { return Result<String, DecodeFault>.failure(badEscape(number)) }
                    byte = high << 4 | low
                    index += 2
                }
                guard byte != 0 else {
                    return .failure(DecodeFault(place(number), expected: "text without NUL", found: "a NUL"))
                }
                room[count] = byte
                seen |= byte
                count += 1
                index += 1
            }
            let bytes = UnsafeBufferPointer(rebasing: room[..<count])
            // Nearly everything Slack sends is ASCII, which needs no validation.
            if seen < 0x80 { return .success(String(decoding: bytes, as: UTF8.self)) }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return .failure(DecodeFault(place(number), expected: "UTF-8", found: "other bytes"))
            }
            return .success(text)
        }
        return try decoded.get()
    }

    private static func place(_ number: Int) -> String { "form[\(number)]" }

    private static func badEscape(_ number: Int) -> DecodeFault {
        DecodeFault(place(number), expected: "two hexadecimal digits after a percent sign", found: "something else")
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
