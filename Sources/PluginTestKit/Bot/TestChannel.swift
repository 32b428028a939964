public import PluginAPI
import Synchronization

/// A channel of a ``TestBot``. In a typed line it stands for itself: `"/pd connect \(channel)"`.
public struct TestChannel: Sendable, CustomStringConvertible {
    let bot: TestBot
    let record: TestChannelRecord

    /// Slack's id of it.
    public var id: String { record.id }
    /// As Slack writes it in a command.
    public var description: String { "<#\(record.id)|\(record.name)>" }
    /// As a plugin is given it.
    public var channel: Channel { Channel(id: record.id, name: record.name) }

    /// What everybody in the channel sees, the oldest first; threads included.
    public var messages: [Seen] {
        bot.host.state.withLock { state in
            state.screen.messages.filter { $0.channel == record.id && $0.onlyFor == nil }
                .map { Seen($0, names: state.screen.names) }
        }
    }
}

extension Screen {
    /// What people read where an id stands.
    var names: [String: String] {
        var names: [String: String] = [:]
        for person in people { names[person.id] = "@\(person.name)" }
        for channel in channels { names[channel.id] = "#\(channel.name)" }
        return names
    }
}
