import PluginAPI

/// Whether reports can be shown in a channel.
enum ReportPlace {
    /// - Returns: What stands in the way, with the mend; `nil` where nothing does.
    static func problem(with channel: String, _ context: Context<InsightsPlugin>) async throws -> String? {
        let found: SlackConversation
        do {
            found = try await context.slack.conversation(channel)
        } catch let error as SlackError where error.code == "channel_not_found" {
            return "I can't see this channel: type /invite and my name there first."
        }
        if found.isArchived { return "This channel is archived." }
        if found.isShared { return "People of another organization would see it: choose another channel." }
        if !found.isMember { return "I'm not in this channel: type /invite and my name there first." }
        return nil
    }
}
