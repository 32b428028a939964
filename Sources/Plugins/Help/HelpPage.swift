import PluginAPI
import Synchronization

/// All commands on one page, grouped by plugin, each with a button that starts it.
struct HelpPage: Hashable {
    let groups: [PluginCommands]
    let slash: String
    /// Slack's id of the app's own user; empty where it is not known.
    let bot: String

    /// The page that was shown last. Nearly everybody sees the same one, so it is made once.
    static let shared = Last()

    final class Last: Sendable {
        private let page = Mutex<(page: HelpPage, message: Message)?>(nil)

        func message(_ groups: [PluginCommands], slash: String, bot: String) -> Message {
            let wanted = HelpPage(groups: groups, slash: slash, bot: bot)
            if let known = page.withLock({ $0 }), known.page == wanted { return known.message }
            let message = wanted.message.prepared()
            page.withLock { $0 = (wanted, message) }
            return message
        }
    }

    /// A page of Slack's holds 50 blocks; a host with more commands than this shows the rest as lines.
    private static let buttonLimit = 20

    var message: Message {
        Message("What you can do with \(slash)") {
            Block.header("What you can do here")
            for group in groups {
                // A plugin of one command needs no heading: its summary would say the same again.
                if group.commands.count > 1 { Block.context(.text("*\(group.summary)*")) }
                for command in group.commands { line(command) }
            }
            Block.context(
                .text(
                    "Only commands that are switched on here and that you may use are shown. `\(slash) help <command>` tells more."
                ))
            if !bot.isEmpty {
                Block.context(
                    .text(
                        "Without a slash: say `help` or any other command to me in our direct message, or after \(Mention.user(bot)) in a channel or thread."
                    ))
            }
        }
    }

    private var hasButtons: Bool { groups.reduce(0) { $0 + $1.commands.count } <= Self.buttonLimit }

    private func line(_ command: TypedCommand) -> Block {
        let text: TextObject = .mrkdwn("`\(command.briefUsage)`\n\(command.shape.summary)")
        // A command with something to fill in cannot be started by a press.
        let needsWords = command.shape.parameters.contains(where: \.isRequired)
        guard hasButtons, !needsWords, command.shape.name != Help.name else { return .section(text) }
        return .section(text, accessory: .runsCommand("Start", command.line))
    }
}

/// One command with each of its arguments.
struct HelpDetail {
    let command: TypedCommand

    var message: Message {
        Message("\(command.usage): \(command.shape.summary)") {
            Block.section("`\(command.usage)`\n\(command.shape.summary)")
            if !command.shape.parameters.isEmpty {
                Block.section(.mrkdwn(command.shape.parameters.map(line).joined(separator: "\n")))
            }
        }
    }

    private func line(_ parameter: ParameterShape) -> Mrkdwn {
        let needed: Mrkdwn = parameter.isRequired ? "needed" : "optional"
        return "• `\(parameter.usage)` \(parameter.help) _(\(needed))_"
    }
}
