extension PagerDutyError {
    /// What went wrong, in our words.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// No answer came: refused, cut off, out of time.
        case unreachable
        /// PagerDuty had an error of its own.
        case broken
        /// The answer was no PagerDuty answer.
        case unreadable
        case rateLimited
        case unauthenticated
        case forbidden
        case accountClosed
        case abilityMissing
        case notFound
        case invalid
        /// An open incident on the service has this incident key already.
        case duplicateIncident
        /// The e-mail address belongs to a user already.
        case duplicateUser
        case noSeats
        case alreadyResolved
        case alreadyAcknowledged
        case tooLarge
    }
}

extension PagerDutyError.Reason {
    /// PagerDuty's number decides where it is one that we know, then the words that stand for themselves, then the
    /// HTTP status.
    ///
    /// - SeeAlso: "Errors" in PagerDuty's REST API guide.
    init(status: Int, answer: PagerDutyErrorAnswer) {
        if let known = answer.code.flatMap({ Self.byCode[$0] }) {
            self = known
        } else if (400...499).contains(status), let told = Self.byWords(answer.details) {
            self = told
        } else {
            self = Self.byStatus(status)
        }
    }

    /// Codes whose status alone would say less. 2001 (invalid input) and 2002 (arguments caused error) are left to
    /// the words: they stand for seats, taken addresses and duplicate keys alike.
    private static let byCode: [Int: Self] = [
        1001: .alreadyResolved,
        1002: .alreadyAcknowledged,
        // The `From` address names nobody in the account: the person's address there is another one by now.
        1008: .unauthenticated,
        1018: .forbidden,
        2000: .broken,
        2006: .unauthenticated,
        2007: .accountClosed,
        2008: .accountClosed,
        2010: .forbidden,
        2012: .accountClosed,
        2016: .unauthenticated,
        2020: .rateLimited,
        2100: .notFound,
    ]

    /// Three causes have no number of their own; PagerDuty tells them in words.
    private static func byWords(_ details: [String]) -> Self? {
        for detail in details {
            let words = detail.lowercased()
            let exists = words.contains("already") || words.contains("taken")
            let isKey = ["dedup key", "incident_key", "incident key"].contains { words.contains($0) }
            if exists, isKey { return .duplicateIncident }
            if exists, words.contains("email") { return .duplicateUser }
            if words.contains("license is not available") || words.contains("licenses available")
                || words.contains("user limit")
            {
                return .noSeats
            }
        }
        return nil
    }

    private static func byStatus(_ status: Int) -> Self {
        switch status {
        case 401: .unauthenticated
        case 402: .abilityMissing
        case 403: .forbidden
        case 404: .notFound
        case 413: .tooLarge
        case 429: .rateLimited
        case 400...499: .invalid
        case 500...599: .broken
        default: .unreadable
        }
    }
}
