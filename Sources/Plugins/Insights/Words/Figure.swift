/// Figures as people read them; a dash where PagerDuty has none.
enum Figure {
    static let none = "–"

    static func count(_ number: Int?) -> String { number.map(String.init) ?? none }

    /// `1 incident`, `2 incidents`, `– incidents`.
    static func count(_ number: Int?, _ noun: String) -> String { "\(count(number)) \(noun)\(number == 1 ? "" : "s")" }

    /// `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
    static func time(_ seconds: Double?) -> String {
        guard let seconds, seconds >= 0, let whole = Int(exactly: seconds.rounded()), whole < 1_000_000_000 else {
            return none
        }
        let (minutes, hours, days) = (whole / 60, whole / 3600, whole / 86_400)
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(minutes) min"
        case ..<86_400: return "\(hours) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min")
        default: return "\(days) d" + (hours % 24 == 0 ? "" : " \(hours % 24) h")
        }
    }

    /// `99.93 %`
    static func percent(_ number: Double?) -> String {
        guard let number, let hundredths = Int(exactly: (number * 100).rounded(.down)),
            (0...10_000).contains(hundredths)
        else { return none }
        let rest = hundredths % 100
        return rest == 0 ? "\(hundredths / 100) %" : "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
    }
}
