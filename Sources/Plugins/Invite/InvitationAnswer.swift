import PagerDutyKit
import PluginAPI

/// What came of an invitation, for the person who asked for it.
struct InvitationAnswer {
    enum Outcome {
        case invited(PagerDuty.User)
        /// In the account already; nil where it is not known as whom.
        case there(PagerDuty.User?)
        case noSeats
        /// The caller's own role, where it is known.
        case notAllowed(PagerDuty.Role?)
    }

    let colleague: Colleague
    let outcome: Outcome

    var message: Message {
        switch outcome {
        case .invited(let user):
            """
            Invited \(colleague.mention) to PagerDuty as a \(user.role?.name ?? PagerDuty.Role.responder.name). \
            PagerDuty sends the invitation to \(colleague.email).
            """
        case .there(let user?) where user.invitationSent:
            """
            \(colleague.mention) was invited already and has not accepted yet: the invitation went to \
            \(colleague.email).
            """
        case .there(let user?):
            """
            \(colleague.mention) is in your PagerDuty account already: \(Self.link(user)), \
            \(user.role?.name ?? "no role").
            """
        case .there(nil): "\(colleague.mention) is in your PagerDuty account already."
        case .noSeats:
            """
            \(colleague.mention) was not invited: your PagerDuty account has no seat left for a \
            \(PagerDuty.Role.responder.name). An Account Owner can add seats.
            """
        case .notAllowed(let role):
            """
            \(colleague.mention) was not invited: in PagerDuty only a Global Admin or the Account Owner may add \
            people\(role.map { ", and your role is \($0.name)" } ?? ""). Ask one of them.
            """
        }
    }

    private static func link(_ user: PagerDuty.User) -> Mrkdwn {
        user.link.map { Mention.link($0.address, user.name) } ?? user.name.escaped()
    }
}
