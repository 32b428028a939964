import PagerDutyKit
import PluginAPI

/// Connections as a person sees them, with what can be done about each.
struct ConnectionList {
    enum Action {
        static let edit = "edit-connection"
        static let disconnect = "disconnect"
    }

    /// A message takes 50 blocks.
    static let most = 40

    var connections: [Connection]
    /// The only channel that is spoken of, if it is one.
    var channel: String?
    var priorities: [PagerDuty.ID: String] = [:]
    var slashCommand: String

    var message: Message {
        guard !connections.isEmpty else {
            return
                "Nothing is connected \(channel == nil ? "" : "to this channel ")yet. `\(slashCommand) connect` connects a service or a team."
        }
        return Message(title) {
            Block.section(.mrkdwn("*\(title)*"))
            for connection in connections.prefix(Self.most) {
                Block.section(
                    .mrkdwn(line(connection)),
                    accessory: .button(
                        "Edit", action: Action.edit, value: connection.value,
                        accessibilityLabel: "Edit \(connection.source.name.clipped(to: 60))"), id: "c-\(connection.id)")
                Block.actions(
                    .button(
                        "Disconnect", action: Action.disconnect, value: connection.value, style: .danger,
                        confirm: Confirm(
                            "Disconnect?",
                            .plain("This channel then hears no more of “\(connection.source.name.clipped(to: 100))”."),
                            confirm: "Disconnect", isDangerous: true)), id: "d-\(connection.id)")
            }
            if connections.count > Self.most {
                Block.context("…and \(connections.count - Self.most) more. Ask in the channel itself for its own.")
            }
        }
    }

    private var title: Mrkdwn {
        channel.map { "\(Mention.channel($0)) follows" } ?? "What channels follow"
    }

    private func line(_ connection: Connection) -> Mrkdwn {
        var facts: [Mrkdwn] = []
        if channel == nil { facts.append("in \(Mention.channel(connection.channel.id))") }
        facts.append(connection.audience == .responders ? "for responders" : "for stakeholders")
        if let filter = ConnectionWords.filter(connection.filter, priorities: priorities) { facts.append(filter) }
        let icon = connection.source.kind == .team ? "👥" : "🛠️"
        return
            "\(icon) *\(connection.source.name.clipped)* (\(connection.source.kind.noun))\n\(facts.joined(separator: " · "))"
    }
}

extension Connection {
    /// What a button of the list carries.
    var value: String { id.value }
}
