import PagerDutyKit
import PluginAPI

/// A channel's name as Slack takes it: small letters, digits, dashes and underscores, at most 80.
/// - SeeAlso: <https://docs.slack.dev/reference/methods/conversations.create>
struct ChannelName: Hashable, Sendable {
    let text: String

    static let longest = 80
    /// How many names are tried before somebody has to choose one.
    static let attempts = 9

    /// The nearest name that Slack takes.
    init(_ wish: String) {
        var kept = String.UnicodeScalarView()
        for scalar in wish.lowercased().unicodeScalars {
            let properties = scalar.properties
            let isLetter = properties.isAlphabetic && !properties.isUppercase && !properties.isDiacritic
            if isLetter || properties.numericType == .decimal || scalar == "_" {
                kept.append(scalar)
            } else if kept.last != "-", !kept.isEmpty {
                kept.append("-")
            }
        }
        let cut = Self.trimmed(kept.prefix(Self.longest))
        text = cut.unicodeScalars.contains { $0 != "-" && $0 != "_" } ? cut : "incident"
    }

    /// By the template of the settings: `{number}`, `{title}`, `{service}` and `{priority}` stand for the incident's.
    init(_ template: String, for incident: PagerDuty.Incident) {
        var wish = template
        for (word, value) in [
            ("{number}", incident.number.map(String.init) ?? incident.id.value), ("{title}", incident.title),
            ("{service}", incident.service?.name ?? ""), ("{priority}", incident.priority?.name ?? ""),
        ] {
            wish = wish.split(separator: word, omittingEmptySubsequences: false).joined(separator: value)
        }
        self.init(wish)
    }

    /// The name, and what to try where it is taken: `inc-7`, `inc-7-2`, `inc-7-3`.
    var candidates: [String] {
        [text]
            + (2...Self.attempts).map { number in
                let room = Self.longest - 1 - String(number).utf8.count
                return "\(Self.trimmed(text.unicodeScalars.prefix(room)))-\(number)"
            }
    }

    private static func trimmed(_ scalars: Substring.UnicodeScalarView) -> String {
        var scalars = scalars
        while scalars.last == "-" { scalars.removeLast() }
        return String(scalars)
    }
}
