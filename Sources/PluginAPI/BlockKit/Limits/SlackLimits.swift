/// Slack's figures, each in one place for the check, the cut and the documentation.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks>
/// - SeeAlso: <https://github.com/slackapi/python-slack-sdk/tree/main/slack_sdk/models/blocks>
enum SlackLimits {
    static let id = 255

    static let messageText = 40_000
    static let messageTextAdvised = 4_000
    static let messageBlocks = 50
    /// Observed, not documented: more is refused with `msg_blocks_too_long`.
    /// - SeeAlso: <https://github.com/slackapi/bolt-js/issues/2509>
    static let messageBlockText = 13_200
    static let markdown = 12_000

    static let viewBlocks = 100
    static let viewTitle = 24
    static let privateMetadata = 3_000
    /// "250 KB", read as thousands.
    static let viewBytes = 250_000

    static let text = 3_000
    static let fields = 10
    static let fieldText = 2_000
    static let header = 150
    static let contextElements = 10
    static let actionsElements = 25
    static let inputLabel = 2_000
    static let imageText = 2_000
    static let url = 3_000

    static let buttonText = 75
    static let buttonValue = 2_000
    static let placeholder = 150
    static let options = 100
    static let optionText = 75
    static let optionValue = 150
    static let overflowOptions = 2...5
    static let choices = 10
    static let typedText = 3_000
    static let confirmTitle = 100
    static let confirmText = 300
    static let confirmButton = 30
}
