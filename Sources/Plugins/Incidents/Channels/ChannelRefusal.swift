import PluginAPI

/// Why there is no channel, and what to do about it.
struct ChannelRefusal: PersonReadableError {
    let sentence: String

    init(_ sentence: String) {
        self.sentence = sentence
    }

    /// - SeeAlso: <https://docs.slack.dev/reference/methods/conversations.create#errors>
    init(_ error: SlackError, name: String) {
        switch error.code {
        case "name_taken":
            sentence =
                "A channel called #\(name) exists already. Choose another name, or take that one as an existing channel."
        case "restricted_action", "cannot_create_channel", "user_is_restricted", "no_permission",
            "not_allowed_token_type":
            sentence =
                "This workspace does not let me create channels (\(error.code)). An owner can allow it in Slack under Settings & administration → Workspace settings → Permissions; or choose a channel that exists."
        case "missing_scope":
            sentence =
                "The app may not create channels here: it lacks the scope \(error.neededScope ?? "channels:manage"). An administrator installs it again with the present manifest; or choose a channel that exists."
        default: sentence = error.sentence
        }
    }
}
