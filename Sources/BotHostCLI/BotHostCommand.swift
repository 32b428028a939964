import ArgumentParser

/// `bothost`: the bot backend and everything around it.
struct BotHostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bothost", abstract: "A bot backend for Slack that hosts plugins.",
        discussion: """
            Try it without any account:   bothost sandbox
            Run it for real:              bothost check, then bothost serve
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, SandboxCommand.self, CheckCommand.self, PluginsCommand.self, ManifestCommand.self,
            ExplainCommand.self, ConsoleLoginCommand.self, JobsCommand.self, KeysCommand.self, TokenCommand.self,
            NewPluginCommand.self,
        ])
}
