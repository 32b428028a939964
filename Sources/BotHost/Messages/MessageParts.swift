import BotStore
import PluginAPI
import SlackKit

/// What keeps Slack showing what plugins said it should.
struct MessageParts: Sendable {
    let painter: MessagePainter

    /// - Parameter fallback: The channel of a workspace for what cannot be shown elsewhere.
    init(
        _ basics: HostBasics, outbound: OutboundParts, workspaces: WorkspaceParts,
        fallback: @escaping @Sendable (_ workspace: String) -> String?
    ) {
        let store = basics.store
        let directory = workspaces.directory
        let slack = outbound.slack
        painter = MessagePainter(
            store: store, wakeups: { store.wakeups() }, clock: basics.clock, logger: basics.logger, fallback: fallback,
            room: { place in
                guard let post = WebAPIMethod.named("chat.postMessage"), let edit = WebAPIMethod.named("chat.update")
                else { return ChannelPlan.Room(posts: 0, edits: 0) }
                let posts = slack.budget.room(
                    LimitedCall(post, workspace: place.workspace, channel: place.channel),
                    leaving: MessagePainter.reserve)
                let edits = slack.budget.room(
                    LimitedCall(edit, workspace: place.workspace), leaving: MessagePainter.reserve)
                return ChannelPlan.Room(
                    posts: posts.calls, postWait: posts.wait, edits: edits.calls, editWait: edits.wait)
            },
            call: { method, arguments, workspace, organization in
                guard
                    let served = try await directory.served(
                        teamID: workspace, enterpriseID: organization.isEmpty ? nil : organization)
                else {
                    throw SlackError(code: "account_inactive")
                }
                return try await slack.call(
                    method, arguments, token: served.installation.botToken, workspace: workspace,
                    leaving: MessagePainter.reserve)
            })
    }
}
