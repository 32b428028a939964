/// A file that the app has put into Slack, for its messages to show.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object>
public struct SlackFile: Sendable, Hashable, Codable {
    /// Slack's id.
    public let id: String

    /// A file by its id, such as one that was noted earlier.
    public init(id: String) {
        self.id = id
    }
}
