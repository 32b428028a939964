import PluginAPI

/// How a number differs from the one before, in words: `4 more than the week before`.
struct Comparison {
    /// `the week before`
    let past: String

    init(_ frequency: Rhythm.Frequency) {
        past =
            switch frequency {
            case .daily: "the day before"
            case .weekly: "the week before"
            case .fortnightly: "the two weeks before"
            case .monthly: "the month before"
            }
    }

    /// `4 more than the week before`, `as many as the week before`.
    func count(_ now: Int, _ before: Int) -> String {
        let difference = now.subtractingReportingOverflow(before)
        guard !difference.overflow, difference.partialValue != 0 else { return "as many as \(past)" }
        return "\(difference.partialValue.magnitude) \(difference.partialValue > 0 ? "more" : "fewer") than \(past)"
    }

    /// `2 min slower`, where the difference is worth a word: a tenth, and a quarter of a minute.
    func time(_ now: Double?, _ before: Double?) -> String? {
        guard let now, let before, now >= 0, before > 0 else { return nil }
        let difference = now - before
        guard abs(difference) >= 15, abs(difference) >= before / 10 else { return nil }
        return "\(Chart.Unit.seconds.words(abs(difference))) \(difference > 0 ? "slower" : "faster")"
    }

    /// Whole per cent; `nil` of nothing.
    static func share(_ part: Int, of whole: Int) -> Int? {
        guard whole > 0, part >= 0, part <= whole else { return nil }
        return Int((Double(part) * 100 / Double(whole)).rounded())
    }
}
