/// A small picture of numbers: the host draws it as a PNG for Slack and as SVG for the console.
///
/// It holds what is shown and never how: colours, sizes and fonts are the host's, so that all charts look alike, are read
/// on a phone and in both of Slack's themes, and by people who tell colours apart badly.
public struct Chart: Hashable, Sendable {
    /// What the numbers are, in a few words.
    public let title: String
    /// When and of what, such as `12–18 Nov · Checkout, Payments`.
    public let subtitle: String
    /// What the numbers count.
    public let unit: Unit
    package let form: Form

    package enum Form: Hashable, Sendable {
        case columns(places: [String], series: [Series])
        case lines(places: [String], series: [Series])
        case bars([Bar])
    }

    /// What a number counts.
    public struct Unit: Hashable, Sendable {
        package enum Kind: Hashable, Sendable { case count, seconds, percent }
        package let kind: Kind

        /// Things: `12`.
        public static let count = Unit(kind: .count)
        /// A length of time in seconds, shown as `45 s`, `12 min` or `3 h`.
        public static let seconds = Unit(kind: .seconds)
        /// Of a hundred: `42 %`.
        public static let percent = Unit(kind: .percent)
    }

    /// What a row of numbers means; decides its colour.
    public struct Tone: Hashable, Sendable {
        package enum Kind: Hashable, Sendable { case main, second, third, alarm, calm, past }
        package let kind: Kind

        /// What the chart is about.
        public static let main = Tone(kind: .main)
        /// Beside what the chart is about.
        public static let second = Tone(kind: .second)
        /// A third one beside these.
        public static let third = Tone(kind: .third)
        /// What hurts: high urgency, sleep hours.
        public static let alarm = Tone(kind: .alarm)
        /// What hurts less: low urgency.
        public static let calm = Tone(kind: .calm)
        /// The period before, to compare with.
        public static let past = Tone(kind: .past)
    }

    /// A row of numbers, one for each place of the axis.
    public struct Series: Hashable, Sendable {
        /// What it is called in the legend.
        public let name: String
        /// One for each place; `nil` where there is none.
        public let values: [Double?]
        /// What it means.
        public let tone: Tone

        /// A row of numbers.
        public init(_ name: String, _ values: [Double?], tone: Tone = .main) {
            self.name = name
            self.values = values
            self.tone = tone
        }
    }

    /// A bar with its label, made of one or more parts.
    public struct Bar: Hashable, Sendable {
        /// Who or what it is about.
        public let label: String
        /// From left to right, with the name that the legend has for each; none is negative.
        public let parts: [Part]
        /// What stands at its end; the sum, where nothing else is said.
        public let note: String?

        /// A part of a bar.
        public struct Part: Hashable, Sendable {
            /// What it is called in the legend.
            public let name: String
            /// How long it is.
            public let value: Double
            /// What it means.
            public let tone: Tone

            /// A part of a bar.
            public init(_ name: String, _ value: Double, tone: Tone = .main) {
                self.name = name
                self.value = value
                self.tone = tone
            }
        }

        /// A bar with its label.
        public init(_ label: String, _ parts: [Part], note: String? = nil) {
            self.label = label
            self.parts = parts
            self.note = note
        }
    }

    /// Columns side by side, such as days, each made of the series from the bottom up; a series of the past is drawn as a
    /// line over them.
    /// - Parameters:
    ///   - places: What stands under the columns; at most 62.
    ///   - series: At most five.
    public static func columns(
        _ title: String, subtitle: String, places: [String], series: [Series], unit: Unit = .count
    ) -> Chart {
        Chart(
            title: title, subtitle: subtitle, unit: unit,
            form: .columns(places: Array(places.prefix(mostPlaces)), series: Array(series.prefix(mostSeries))))
    }

    /// Lines over the same places.
    /// - Parameters:
    ///   - places: What stands under the axis; at most 62.
    ///   - series: At most five.
    public static func lines(
        _ title: String, subtitle: String, places: [String], series: [Series], unit: Unit = .count
    ) -> Chart {
        Chart(
            title: title, subtitle: subtitle, unit: unit,
            form: .lines(places: Array(places.prefix(mostPlaces)), series: Array(series.prefix(mostSeries))))
    }

    /// Bars one below the other, such as services or people.
    /// - Parameter bars: At most twelve.
    public static func bars(_ title: String, subtitle: String, _ bars: [Bar], unit: Unit = .count) -> Chart {
        Chart(title: title, subtitle: subtitle, unit: unit, form: .bars(Array(bars.prefix(mostBars))))
    }

    static let mostPlaces = 62
    static let mostSeries = 5
    static let mostBars = 12
}
