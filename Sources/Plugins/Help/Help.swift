import PluginAPI

/// `/pd help`
///
/// Shows exactly what the host would let through: the same check decides.
struct Help: Command {
    static let name = "help"
    static let summary = "Show what you can do here"
    static let aliases = ["?"]

    @Argument("a command to read more about") var command: String?

    func run(_ context: Context<HelpPlugin>) async throws -> Reply {
        let groups = await context.commands.permitted()
        guard let command else {
            return .ephemeral(
                HelpPage.shared.message(groups, slash: context.slashCommand, bot: context.workspace.botUserID))
        }
        let all = groups.flatMap(\.commands)
        guard let wanted = all.first(where: { $0.shape.name == command.lowercased() || $0.line == command }) else {
            throw UsageError("There is no command “\(command)” here")
        }
        return .ephemeral(HelpDetail(command: wanted).message)
    }
}
