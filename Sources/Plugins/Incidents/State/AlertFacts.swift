import PagerDutyKit
import PluginAPI

/// The essentials of an alert: what a person needs to know before opening it. All of it is text from outside.
struct AlertFacts: Codable, Hashable, Sendable {
    var summary: String?
    /// `critical`, `error`, `warning`, `info`.
    var severity: String?
    /// Names and values of its details, the most telling ones first.
    var details: [Detail] = []
    /// Where it says what to do.
    var runbook: PagerDuty.WebLink?

    struct Detail: Codable, Hashable, Sendable {
        var name: String
        var value: String
    }
}

extension AlertFacts {
    /// More would not be read in a channel.
    static let mostDetails = 12
    static let longestValue = 300

    /// The essentials of an alert. A tool may send hundreds of nested details: only short values at the top are kept.
    init(_ alert: PagerDuty.Alert) {
        summary = alert.summary?.clipped(to: 500)
        severity = alert.severity?.clipped(to: 50)
        let members = (alert.details.object ?? [:]).sorted { $0.key < $1.key }
        for (name, value) in members where details.count < Self.mostDetails {
            guard let text = Self.text(value), !text.isEmpty else { continue }
            details.append(Detail(name: name.clipped(to: 100), value: text.clipped(to: Self.longestValue)))
        }
        let told = members.first { $0.key.lowercased().contains("runbook") }?.value.string
        runbook =
            told.flatMap(PagerDuty.WebLink.init)
            ?? alert.links.first { $0.text?.lowercased().contains("runbook") == true }?.link
        if runbook != nil { details.removeAll { $0.name.lowercased().contains("runbook") } }
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .bool(let flag): String(flag)
        case .null, .array, .object: nil
        }
    }
}
