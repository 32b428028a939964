extension Chart.Unit {
    /// A number as people read it: `12`, `45 s`, `3 h 5 min`, `42 %`; whatever is no number is a dash.
    package func words(_ value: Double?) -> String {
        guard let value, value.isFinite, abs(value) < 1e12 else { return "–" }
        switch kind {
        case .count: return Self.plain(value)
        case .percent: return Self.plain(value) + " %"
        case .seconds: return Self.time(value)
        }
    }

    private static func plain(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        guard let whole = Int64(exactly: tenths) else { return "–" }
        return whole % 10 == 0 || abs(whole) >= 1_000 ? "\(whole / 10)" : "\(whole / 10).\(abs(whole % 10))"
    }

    private static func time(_ value: Double) -> String {
        guard let seconds = Int64(exactly: abs(value).rounded()) else { return "–" }
        let sign = value < 0 && seconds > 0 ? "−" : ""
        func pair(_ big: Int64, _ bigName: String, _ small: Int64, _ smallName: String) -> String {
            sign + "\(big) \(bigName)" + (small == 0 ? "" : " \(small) \(smallName)")
        }
        switch seconds {
        case ..<60: return sign + "\(seconds) s"
        case ..<3_600: return pair(seconds / 60, "min", seconds < 600 ? seconds % 60 : 0, "s")
        case ..<172_800: return pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
        default: return pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h")
        }
    }
}

extension Chart {
    /// Its rows of numbers; `nil` where it has none, but bars.
    public var rows: [Series]? {
        switch form {
        case .columns(_, let series), .lines(_, let series): series
        case .bars: nil
        }
    }

    /// The chart in words, with every number: for those who cannot see it, and where no picture can be shown.
    public var words: String {
        let head = subtitle.isEmpty ? title : "\(title), \(subtitle)"
        let lines: [String]
        switch form {
        case .columns(let places, let series), .lines(let places, let series):
            lines = series.map { one in
                let values = zip(places, one.values).map { place, value in "\(place) \(unit.words(value))" }
                return "\(one.name): \(values.joined(separator: ", "))."
            }
        case .bars(let bars):
            lines = bars.map { bar in
                let parts =
                    bar.parts.count < 2
                    ? ""
                    : bar.parts.map { "\($0.name) \(unit.words($0.value))" }
                        .joined(separator: ", ")
                let sum = bar.note ?? unit.words(bar.parts.reduce(0) { $0 + $1.value })
                return "\(bar.label): \(sum)" + (parts.isEmpty ? "." : " (\(parts)).")
            }
        }
        return "\(head). " + (lines.isEmpty ? "No data." : lines.joined(separator: " "))
    }
}
