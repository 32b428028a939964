extension PagerDutyError {
    /// What can be done about it.
    package enum Remedy: Hashable, Sendable {
        /// The same call may succeed later, and repeating it harms nobody.
        case retry
        /// A change was sent and nobody knows whether it was made: look before trying again.
        case inDoubt
        /// Only the person can mend it: other input, another service, a role.
        case tellPerson
        /// The workspace's connection, the account's plan or its seats.
        case tellAdministrator
        /// The person's link no longer holds.
        case relink
    }

    package var remedy: Remedy {
        switch reason {
        // PagerDuty turned the call away before doing anything, so even a change may be sent again.
        case .rateLimited: .retry
        case .unreachable, .broken, .unreadable: isWrite ? .inDoubt : .retry
        case .unauthenticated: actor == .person ? .relink : .tellAdministrator
        case .forbidden: actor == .person ? .tellPerson : .tellAdministrator
        case .accountClosed, .abilityMissing, .noSeats: .tellAdministrator
        case .notFound, .invalid, .duplicateIncident, .duplicateUser, .alreadyResolved, .alreadyAcknowledged,
            .tooLarge:
            .tellPerson
        }
    }

    /// One sentence for the person who waits. It holds no words from outside.
    package var sentence: String {
        switch reason {
        case .unreachable, .broken, .unreadable:
            isWrite
                ? "PagerDuty gave no answer, so it is not known whether this was done: have a look in PagerDuty "
                    + "before you try again."
                : "PagerDuty can't be reached at the moment: try again in a minute."
        case .rateLimited:
            retryAfter.map { "PagerDuty is busy: try again in \($0) seconds." }
                ?? "PagerDuty is busy: try again in a minute."
        case .unauthenticated:
            actor == .person
                ? "PagerDuty no longer accepts the link to your account: link it again."
                : "PagerDuty no longer accepts this workspace's key: an administrator has to enter a new one."
        case .forbidden:
            actor == .person
                ? "Your PagerDuty role doesn't allow this: ask an administrator of your PagerDuty account."
                : "This workspace's PagerDuty key isn't allowed to read this: an administrator has to look at it."
        case .accountClosed:
            "The PagerDuty account is locked, expired or gone: an administrator has to look at it."
        case .abilityMissing:
            "The plan of your PagerDuty account doesn't include this."
        case .notFound:
            "PagerDuty doesn't have this any more, or you may not see it."
        case .invalid:
            "PagerDuty didn't accept what was entered."
        case .duplicateIncident:
            "An open incident of this service was made from the same form already."
        case .duplicateUser:
            "Somebody with this e-mail address is in the PagerDuty account already."
        case .noSeats:
            "The PagerDuty account has no seat left: an administrator has to add one first."
        case .alreadyResolved:
            "The incident was resolved already."
        case .alreadyAcknowledged:
            "The incident was acknowledged already."
        case .tooLarge:
            "That is more than PagerDuty takes at once."
        }
    }
}
