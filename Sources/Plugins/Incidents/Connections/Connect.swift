import PagerDutyKit
import PluginAPI

/// `/pd connect`: opens the form in which a channel is connected to a service or a team.
struct Connect: Command {
    static let name = "connect"
    static let summary = "Show a service's or a team's incidents in this channel"

    @Flag("follow a team instead of a service") var team
    @Rest("the service or team, or a part of its name") var source = ""

    func run(_ context: Context<IncidentsPlugin>) async throws -> Reply {
        // Who has no account linked is asked to link it before filling in a form that could not be sent.
        guard let person = context.person else { throw AccountError.notLinked(provider: PagerDuty.provider) }
        _ = try await context.pagerDuty.acting(as: person).linked()
        var form = ConnectForm()
        if let channel = context.channel, channel.kind != .directMessage { form.channel = channel.id }
        let options = ConnectOptions(context)
        let (typed, wantsTeam) = (source, team)
        return .modal(loading: ConnectForm.title) { [form] in
            var form = form
            form.priorities = await options.priorities()
            if !typed.isEmpty { try await options.choose(typed, team: wantsTeam, in: &form) }
            return form.view
        }
    }
}
