public import FoundationEssentials

extension Date: ArgumentValue {
    /// "date"
    public static var placeholder: String { "date" }
    /// A day and a time.
    public static var field: ArgumentField { .moment }
    /// In ISO 8601.
    public var word: String? { formatted(.iso8601) }

    /// An ISO 8601 day or moment: `2026-12-24`, `2026-12-24T18:00Z`, `2026-12-24T18:00:00+01:00`. A day without a time is
    /// its start in UTC.
    public static func parse(_ text: String) -> Result<Date, ArgumentFault> {
        guard let date = Moment(text)?.date else {
            return .failure(ArgumentFault("a date is needed, such as 2026-12-24 or 2026-12-24T18:00Z"))
        }
        return .success(date)
    }
}

/// The parts of an ISO 8601 moment. Foundation's parser takes the 30th of February for the 2nd of March and does not
/// mind what follows the moment, so the form is checked here, and the figures by writing them out again.
private struct Moment {
    /// Day and time as though they were in UTC: `2026-12-24T18:00:00Z`.
    private let local: String
    /// What the clocks there are ahead of UTC, in seconds.
    private let offset: Int

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, Self.matches(bytes[..<10], "0000-00-00") else { return nil }
        let day = String(decoding: bytes[..<10], as: UTF8.self)
        guard bytes.count > 10 else {
            (local, offset) = ("\(day)T00:00:00Z", 0)
            return
        }
        let clockEnd = bytes[10...].firstIndex {
            [UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains($0)
        }
        guard let clockEnd else { return nil }
        let (clock, zone) = (bytes[10..<clockEnd], bytes[clockEnd...])
        let seconds: String
        if Self.matches(clock, "T00:00") {
            seconds = ":00"
        } else if Self.matches(clock, "T00:00:00") {
            seconds = ""
        } else {
            return nil
        }
        local = "\(day)\(String(decoding: clock, as: UTF8.self))\(seconds)Z"
        if zone.elementsEqual([UInt8(ascii: "Z")]) {
            offset = 0
        } else if Self.matches(zone.dropFirst(), "00:00") {
            let digits = zone.dropFirst().filter { $0 != UInt8(ascii: ":") }.map { Int($0) - 48 }
            let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
            guard minutes <= 18 * 60 else { return nil }
            offset = (zone.first == UInt8(ascii: "-") ? -60 : 60) * minutes
        } else {
            return nil
        }
    }

    /// `nil` where there is no such day or time.
    var date: Date? {
        let style = Date.ISO8601FormatStyle()
        guard let date = try? style.parse(local), style.format(date).utf8.elementsEqual(local.utf8) else { return nil }
        return date.addingTimeInterval(-Double(offset))
    }

    /// - Parameter pattern: `0` stands for any digit.
    private static func matches(_ bytes: ArraySlice<UInt8>, _ pattern: StaticString) -> Bool {
        pattern.withUTF8Buffer { pattern in
            bytes.count == pattern.count
                && zip(bytes, pattern).allSatisfy { byte, expected in
                    expected == UInt8(ascii: "0") ? (48...57).contains(byte) : byte == expected
                }
        }
    }
}
