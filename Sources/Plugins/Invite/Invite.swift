import PagerDutyKit
import PluginAPI

/// `/pd invite @person`.
struct Invite: Command {
    static let name = "invite"
    static let summary = "Invite someone as a responder to your PagerDuty account"

    @Argument("who to invite") var person: UserRef

    func run(_ context: Context<InvitePlugin>) async throws -> Reply {
        guard let caller = context.person else { throw AccountError.notLinked(provider: PagerDuty.provider) }
        let acting = context.pagerDuty.acting(as: caller)
        _ = try await acting.linked()
        let user = try await context.slack.user(person.id)
        let colleague: Colleague
        do {
            colleague = try Colleague(user, workspace: context.workspace)
        } catch {
            return .ephemeral(Message(error.reason))
        }
        let invitation = Invitation(colleague, by: acting, in: context.pagerDuty)
        return .ephemeral(try await invitation.send().message)
    }
}
