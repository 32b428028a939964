/// A command without its type: what the host's router keeps.
package struct AnyCommand<Owner: Plugin>: Sendable {
    package let shape: CommandShape
    /// Parses the words and runs the command.
    package let run: @Sendable (String, Context<Owner>) async throws -> Reply

    package init<C: Command>(_ type: C.Type) where C.Owner == Owner {
        let shape = CommandShape(
            name: C.name, summary: C.summary, aliases: C.aliases, parameters: parameters(of: C()).map(\.shape))
        self.shape = shape
        let needsWords = shape.parameters.contains(where: \.isRequired)
        run = { words, context in
            let command = C()
            // With nothing typed and nothing needed, the defaults hold, and nothing is paid for parsing.
            if !words.isEmpty || needsWords {
                try ArgumentBinder(shape: shape).bind(words, to: parameters(of: command))
            }
            return try await command.run(context)
        }
    }
}

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
