import PluginAPI

extension Handled {
    /// Help, with a line before it that says which word is not known and which was perhaps meant.
    func prefixed(byUnknown word: String, nearest: String?, slash: String) -> Handled {
        guard case .reply(let reply) = outcome, case .message(var message, let visibility) = reply.kind else {
            return self
        }
        let clipped = String(word.unicodeScalars.prefix(40).map(Character.init))
        var line: Mrkdwn = "I don't know the command `\(clipped)`."
        if let nearest { line += " Did you mean `\(slash) \(nearest)`?" }
        var blocks: [Block] = [.section(.mrkdwn(line))]
        if let nearest { blocks.append(.actions(.runsCommand("Run \(slash) \(nearest)", "\(slash) \(nearest)"))) }
        message.blocks = blocks + (message.blocks.isEmpty ? [.section(.mrkdwn(message.text))] : message.blocks)
        message.text = "\(line) \(message.text)"
        let answer: Reply = if case .onlyPerson = visibility { .ephemeral(message) } else { .inChannel(message) }
        return Handled(pluginID: pluginID, outcome: .reply(answer))
    }
}
