package import PluginAPI

/// What is posted to a `response_url`.
///
/// - SeeAlso: https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses
package enum ResponseMessage: Sendable {
    /// A message that only this person sees.
    case ephemeral(Message)
    /// A message that everybody in the channel sees.
    case inChannel(Message)
    /// Replaces the message that the request came from.
    case replaceOriginal(Message)
    /// Removes the message that the request came from.
    case deleteOriginal

    /// How often a `response_url` may be used.
    package static let maximumUses = 5

    /// How long a `response_url` may be used.
    package static let lifetime = Duration.seconds(30 * 60)

    /// The JSON body.
    ///
    /// - Parameter idPrefix: Goes before the ids of the plugin's buttons and blocks.
    package func body(idPrefix: String = "") -> [UInt8] {
        var writer = JSONWriter(idPrefix: idPrefix)
        writer.object { writer in
            switch self {
            case .ephemeral(let message):
                writer.member("response_type", "ephemeral")
                writer.member("replace_original", false)
                message.writeMembers(to: &writer)
            case .inChannel(let message):
                writer.member("response_type", "in_channel")
                writer.member("replace_original", false)
                message.writeMembers(to: &writer)
            case .replaceOriginal(let message):
                writer.member("replace_original", true)
                message.writeMembers(to: &writer)
            case .deleteOriginal: writer.member("delete_original", true)
            }
        }
        return writer.bytes
    }
}
