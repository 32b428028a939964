/// The commands that exist here for this person: exactly those that would be let through.
public struct CommandCatalogue: Sendable {
    let core: ContextCore

    /// The commands that the person of this context may use in its channel, grouped by plugin, in the order in which the
    /// plugins are compiled in.
    public func permitted() async -> [PluginCommands] {
        await core.services.permittedCommands(for: core)
    }
}

/// One plugin's commands.
public struct PluginCommands: Sendable, Hashable {
    /// The plugin's id.
    public let pluginID: String
    /// The plugin's summary.
    public let summary: String
    /// Its commands, each as people type it.
    public let commands: [TypedCommand]

    /// A plugin's commands; the host and the test kit make it.
    public init(pluginID: String, summary: String, commands: [TypedCommand]) {
        self.pluginID = pluginID
        self.summary = summary
        self.commands = commands
    }
}

/// A command as people type it.
public struct TypedCommand: Sendable, Hashable {
    /// What to type before the arguments: `/pd brew`.
    public let line: String
    /// Its arguments and summary.
    public let shape: CommandShape

    /// A command and its line; the host and the test kit make it.
    public init(line: String, shape: CommandShape) {
        self.line = line
        self.shape = shape
    }

    /// The line with its arguments but for those given by name: `/pd trigger [service] [title …]`.
    public var briefUsage: String { shape.briefUsage.isEmpty ? line : "\(line) \(shape.briefUsage)" }

    /// The line with its arguments: `/pd brew <who> [cups]`.
    public var usage: String { shape.usage.isEmpty ? line : "\(line) \(shape.usage)" }
}
