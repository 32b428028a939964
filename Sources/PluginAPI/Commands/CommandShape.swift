/// What a command looks like from outside: enough for help, usage errors and the app manifest.
public struct CommandShape: Sendable, Hashable {
    /// The word people type.
    public let name: String
    /// What it does, in one line.
    public let summary: String
    /// Other words for the same.
    public let aliases: [String]
    /// Its arguments, in the order they are typed.
    public let parameters: [ParameterShape]

    /// The arguments as people read them: `<service> [title] [--urgency high|low]`.
    public var usage: String {
        parameters.map(\.usage).joined(separator: " ")
    }

    /// The arguments without those given by name: `<service> [title …]`.
    public var briefUsage: String {
        parameters.filter { $0.style == .positional || $0.style == .rest }.map(\.usage).joined(separator: " ")
    }

    package init(name: String, summary: String, aliases: [String], parameters: [ParameterShape]) {
        self.name = name
        self.summary = summary
        self.aliases = aliases
        self.parameters = parameters
    }
}
