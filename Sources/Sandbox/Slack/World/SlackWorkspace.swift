/// A simulated workspace with everything in it.
struct SlackWorkspace: Sendable {
    var id: String
    var name: String
    var domain: String
    var people: [SlackPerson]
    var channels: [SlackChannel]
    var usergroups: [JSON]
    var usergroupMembers: [String: [String]]
    var bot: SlackApp.Bot
    var botName: String
    /// The Enterprise Grid organization that it belongs to.
    var organization: Organization?

    struct Organization: Sendable {
        var id: String
        var name: String
    }

    /// The organization's id as payloads carry it.
    var enterprise: JSON { organization.map { .string($0.id) } ?? .null }

    func person(_ id: String) -> SlackPerson? { people.first { $0.id == id } }

    func channelIndex(_ id: String) -> Int? { channels.firstIndex { $0.id == id } }

    func channel(_ id: String) -> SlackChannel? { channels.first { $0.id == id } }

    func directMessage(between one: String, and other: String) -> SlackChannel? {
        channels.first { $0.kind == .im && $0.members.contains(one) && $0.members.contains(other) }
    }

    /// The ids of all who see a conversation.
    func audience(of channel: SlackChannel) -> Set<String> {
        Set(people.filter { channel.isVisible(to: $0) }.map(\.id))
    }
}
