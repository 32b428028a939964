import PagerDutyKit

/// What stands in the way of an incident, each problem at the field that can mend it.
struct TriggerProblems: Error, Equatable {
    var byField: [String: String] = [:]

    init() {}

    private static func stop(after words: String) -> String {
        [".", "!", "?"].contains(words.unicodeScalars.last) ? "" : "."
    }

    /// What PagerDuty said, at the field it is about, as far as its words tell.
    init(_ error: PagerDutyError) {
        typealias Field = TriggerForm.Field
        switch error.reason {
        case .forbidden: byField = [Field.service: error.sentence]
        case .notFound, .invalid:
            let fields = [
                ("title", Field.title), ("assign", Field.assignee), ("user", Field.assignee),
                ("priorit", Field.priority), ("urgenc", Field.urgency), ("detail", Field.description),
                ("body", Field.description), ("service", Field.service),
            ]
            for detail in error.details {
                let words = detail.lowercased()
                let field = fields.first { words.contains($0.0) }?.1 ?? Field.service
                if byField[field] == nil { byField[field] = "PagerDuty says: \(detail)\(Self.stop(after: detail))" }
            }
            if byField.isEmpty { byField = [Field.service: error.sentence] }
        case .unreachable, .broken, .unreadable:
            // The key makes it safe to send the same form again.
            let problem = "PagerDuty gave no answer. Sending this form again is safe: it never makes a second incident."
            byField = [Field.title: problem]
        default: byField = [Field.title: error.sentence]
        }
    }
}
