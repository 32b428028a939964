extension RouteTable {
    /// Who answers a line that somebody typed.
    package enum LineOwner: Sendable {
        /// A command, and what was typed after it.
        case command(CommandEntry, isWord: Bool, words: String)
        /// A word after the host's slash command that no plugin answers; help does.
        case unknownWord(String, nearest: String?, help: CommandEntry)
        case nobody
    }

    /// Finds the owner of a line.
    /// - Parameters:
    ///   - typed: The slash command.
    ///   - text: What follows it.
    ///   - slash: The slash command under which all plugins' commands stand.
    package func owner(ofLine typed: String, _ text: String, slash: String) -> LineOwner {
        if typed.utf8.elementsEqual(slash.utf8) {
            let (word, rest) = Self.firstWord(of: text)
            // The command alone is a question for help.
            let name = word.isEmpty ? "help" : word.lowercased()
            if let entry = words[name] { return .command(entry, isWord: true, words: rest) }
            if let help = words["help"] {
                return .unknownWord(word, nearest: Nearest.word(to: name, among: words.keys.sorted()), help: help)
            }
        } else if let entry = slashes[typed] {
            return .command(entry, isWord: false, words: text)
        }
        return .nobody
    }

    /// A text's first word, and what follows the spaces after it.
    package static func firstWord(of text: String) -> (word: String, rest: String) {
        let scalars = text.unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }) else { return ("", "") }
        let end = scalars[start...].firstIndex { $0.properties.isWhitespace } ?? scalars.endIndex
        let rest = scalars[end...].drop { $0.properties.isWhitespace }
        return (String(scalars[start..<end]), String(rest))
    }
}

extension RouteTable {
    /// Every command of every plugin as people type it, in the order of the plugins.
    /// - Parameter slash: The slash command under which the plugins' commands stand.
    package func commands(under slash: String) -> [PluginCommands] {
        let subcommands = subcommands
        return plugins.map { plugin in
            let words = subcommands.filter { $0.pluginID == plugin.id }
                .map { TypedCommand(line: "\(slash) \($0.shape.name)", shape: $0.shape) }
            let own = slashes.filter { $0.value.pluginID == plugin.id }.sorted { $0.key < $1.key }
                .map { TypedCommand(line: $0.key, shape: $0.value.shape) }
            return PluginCommands(pluginID: plugin.id, summary: plugin.manifest.summary, commands: words + own)
        }.filter { !$0.commands.isEmpty }
    }
}
