package import FoundationEssentials

/// PagerDuty's answers hold null, absent and oddly typed fields where its schema promises values, and new enum words
/// without notice. One odd field must not cost the whole answer.
extension KeyedDecodingContainer {
    /// The value, or `nil` when it is absent, null or of another type.
    package func tolerant<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        (try? decodeIfPresent(type, forKey: key)) ?? nil
    }

    /// The non-empty text, or `nil`.
    package func text(_ key: Key) -> String? {
        guard let text = tolerant(String.self, key), !text.isEmpty else { return nil }
        return text
    }

    /// The elements that can be decoded; none when the array is absent, null or no array.
    package func elements<Element: Decodable>(_ type: Element.Type, _ key: Key) -> [Element] {
        tolerant(TolerantArray<Element>.self, key)?.elements ?? []
    }

    /// The finite number, also from a string of digits, or `nil`.
    package func number(_ key: Key) -> Double? {
        let number = tolerant(Double.self, key) ?? tolerant(String.self, key).flatMap(Double.init)
        guard let number, number.isFinite else { return nil }
        return number
    }

    /// The whole number, or `nil`; a fraction is cut off.
    package func count(_ key: Key) -> Int? {
        tolerant(Int.self, key) ?? number(key).flatMap { Int(exactly: $0.rounded(.towardZero)) }
    }

    /// The flag, also from `"true"` and `"false"`: users carry `created_via_sso` as text in PagerDuty's own samples.
    package func flag(_ key: Key) -> Bool? {
        if let flag = tolerant(Bool.self, key) { return flag }
        switch tolerant(String.self, key) {
        case "true": return true
        case "false": return false
        default: return nil
        }
    }

    /// The moment, or `nil` when it is absent or no ISO 8601 date and time with a zone.
    package func moment(_ key: Key) -> Date? {
        tolerant(String.self, key).flatMap(PagerDutyTime.parse)
    }
}
