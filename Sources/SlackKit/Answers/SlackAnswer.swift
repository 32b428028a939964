package import PluginAPI

/// What is written into the HTTP answer to a request of Slack's, or into the acknowledgement over Socket Mode.
///
/// - SeeAlso: https://docs.slack.dev/interactivity/handling-user-interaction
package enum SlackAnswer: Sendable {
    /// Only the acknowledgement. For a submitted form this closes it.
    case empty
    /// A message, to a slash command.
    case message(Message, inChannel: Bool)
    /// Shows everybody in the channel what the person typed, and no more.
    case showCommand
    /// The options of an external menu. The first 100 are kept.
    case options([Option])
    /// The options of an external menu, under headings. The first 100 of the groups and of each group are kept.
    case optionGroups([OptionGroup])
    /// Closes all forms of the stack.
    case clearViews
    /// Keeps the form open, with a sentence at the inputs of these blocks.
    case viewErrors([String: String])
    /// Replaces the form.
    case updateView(View)
    /// Lays another form over it.
    case pushView(View)
    /// Proves that the address belongs to the app.
    case challenge(String)
    /// A sentence to the person who pressed something that was made before Block Kit; the message stays as it is.
    case legacy(String)

    /// The most options that Slack takes.
    package static let maximumOptions = 100

    /// The `Content-Type` of ``body(idPrefix:)``; nil where that is empty.
    package var contentType: String? {
        switch self {
        case .empty: nil
        case .challenge: "text/plain; charset=utf-8"
        default: "application/json; charset=utf-8"
        }
    }

    /// The bytes of the answer.
    ///
    /// - Parameter idPrefix: Goes before the ids of the plugin's buttons, blocks and forms.
    package func body(idPrefix: String = "") -> [UInt8] {
        switch self {
        case .empty: return []
        case .challenge(let challenge): return Array(challenge.utf8)
        default:
            var writer = JSONWriter(idPrefix: idPrefix)
            writer.object(writeMembers)
            return writer.bytes
        }
    }

    /// The payload of an acknowledgement over Socket Mode; nil where there is nothing to say.
    package func payload(idPrefix: String = "") -> [UInt8]? {
        switch self {
        case .empty: return nil
        case .challenge(let challenge):
            var writer = JSONWriter()
            writer.object { $0.member("challenge", challenge) }
            return writer.bytes
        default: return body(idPrefix: idPrefix)
        }
    }

    private func writeMembers(_ writer: inout JSONWriter) {
        switch self {
        case .empty, .challenge: break
        case .message(let message, let inChannel):
            writer.member("response_type", inChannel ? "in_channel" : "ephemeral")
            message.writeMembers(to: &writer)
        case .showCommand: writer.member("response_type", "in_channel")
        case .options(let options):
            writer.array("options") { writer in
                for option in options.prefix(Self.maximumOptions) { option.write(to: &writer) }
            }
        case .optionGroups(let groups):
            writer.array("option_groups") { writer in
                // Slack refuses a heading without options, and with it the whole answer.
                for group in groups.filter({ !$0.options.isEmpty }).prefix(Self.maximumOptions) {
                    OptionGroup(group.label, Array(group.options.prefix(Self.maximumOptions))).write(to: &writer)
                }
            }
        case .clearViews: writer.member("response_action", "clear")
        case .viewErrors(let errors):
            writer.member("response_action", "errors")
            writer.object("errors") { writer in
                for (block, sentence) in errors.sorted(by: { $0.key < $1.key }) {
                    writer.member(block, sentence.isEmpty ? "Please check this." : sentence)
                }
            }
        case .updateView(let view): writeView(view, "update", &writer)
        case .pushView(let view): writeView(view, "push", &writer)
        case .legacy(let sentence):
            writer.member("response_type", "ephemeral")
            writer.member("replace_original", false)
            writer.member("text", sentence)
        }
    }

    private func writeView(_ view: View, _ action: String, _ writer: inout JSONWriter) {
        writer.member("response_action", action)
        writer.key("view")
        view.write(to: &writer)
    }
}

extension LegacyRequest {
    /// The polite answer: what a person sees who presses something that no plugin here has made.
    package var answer: SlackAnswer {
        switch kind {
        case _ where wantsOptions: .options([])
        case .interactiveMessage:
            .legacy("This message was made by an older version of the app, and does nothing any more.")
        case .dialogSubmission, .dialogCancellation, .dialogSuggestion: .empty
        }
    }
}
