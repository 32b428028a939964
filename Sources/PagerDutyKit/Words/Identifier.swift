extension PagerDuty {
    /// The id of a thing in PagerDuty, such as `PT4KHLK`.
    ///
    /// Only letters, digits, `-` and `_` make an id, so that one that came back from a form or from a payload can
    /// stand in a path or a query without changing what is asked for.
    package struct ID: Hashable, Sendable, CustomStringConvertible {
        /// The longest id taken; event ids, the longest seen, have 38 characters.
        package static let longest = 64

        package let value: String

        /// - Returns: `nil` when `value` isn't an id.
        package init?(_ value: String) {
            let bytes = value.utf8
            guard !bytes.isEmpty, bytes.count <= Self.longest, bytes.allSatisfy(Self.isAllowed) else { return nil }
            self.value = value
        }

        package var description: String { value }

        private static func isAllowed(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}

extension PagerDuty.ID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a PagerDuty id")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
