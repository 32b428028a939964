import PluginAPI

extension IncidentsPlugin {
    /// Whether the app can still post where it has to.
    var presenceRoutes: [Route<IncidentsPlugin>] {
        [
            OnEvent("member_left_channel") { event, context in
                guard event.payload["user"].string == context.workspace.botUserID else { return }
                try await ChannelPresence(context).look(at: event.payload["channel"].string)
            },
            // What Slack sends of the app itself: of a public channel and of a private one.
            OnEvent("channel_left") { event, context in
                try await ChannelPresence(context).look(at: event.payload["channel"].string)
            },
            OnEvent("group_left") { event, context in
                try await ChannelPresence(context).look(at: event.payload["channel"].string)
            },
            OnEvent("channel_archive") { event, context in
                try await ChannelPresence(context).look(at: event.payload["channel"].string)
            },
            OnEvent("channel_shared") { event, context in
                try await ChannelPresence(context).look(at: event.payload["channel"].string)
            },
            OnEvent("channel_unshared") { event, context in
                try await ChannelPresence(context).look(at: event.payload["channel"].string)
            },
            // A public channel that was made private drops the app without an event.
            Every(.seconds(3_600), "presence") { context in try await ChannelPresence(context).lookAtAll() },
        ]
    }
}
