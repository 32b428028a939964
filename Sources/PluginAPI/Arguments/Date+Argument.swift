public import FoundationEssentials

extension Date: ArgumentValue {
    /// "date"
    public static var placeholder: String { "date" }

    /// An ISO 8601 day or moment: `2026-12-24`, `2026-12-24T18:00Z`, `2026-12-24T18:00:00+01:00`. A day without a time is
    /// its start in UTC.
    public static func parse(_ text: String) -> Result<Date, ArgumentFault> {
        let fault = ArgumentFault("a date is needed, such as 2026-12-24 or 2026-12-24T18:00Z")
        guard text.utf8.count <= 40 else { return .failure(fault) }
        let styles = [
            Date.ISO8601FormatStyle(),
            Date.ISO8601FormatStyle().year().month().day(),
        ]
        var candidates = [text]
        // Seconds may be left out.
        if let t = text.utf8.firstIndex(of: UInt8(ascii: "T")) {
            let time = text[text.index(after: t)...]
            let clock = time.prefix { $0.isASCII && ($0.isNumber || $0 == ":") }
            if clock.utf8.count == 5 { candidates.append("\(text[...t])\(clock):00\(time.dropFirst(clock.count))") }
        }
        for candidate in candidates {
            for style in styles where candidate.utf8.contains(UInt8(ascii: "T")) == (style == styles[0]) {
                if let date = try? style.parse(candidate) { return .success(date) }
            }
        }
        return .failure(fault)
    }
}
