import PagerDutyKit

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
