/// A conversation of a simulated workspace.
struct SlackChannel: Sendable {
    enum Kind: String, Sendable {
        case `public`
        case `private`
        case im
    }

    /// Most messages that are kept in one conversation; the oldest go.
    static let capacity = 1_000

    var id: String
    var name: String
    var kind: Kind
    var members: [String]
    var topic = ""
    var purpose = ""
    var creator: String
    var created: Int
    var isArchived = false
    var isGeneral = false
    var messages: [SlackMessage] = []
    var pins: [String] = []
    var bookmarks: [JSON] = []
    var previousNames: [String] = []

    func hasMember(_ person: String) -> Bool { members.contains(person) }

    /// Guests see what they are in; everybody else sees public channels too.
    func isVisible(to person: SlackPerson) -> Bool {
        hasMember(person.id) || (kind == .public && !person.isGuest)
    }

    /// The name that payloads carry.
    ///
    /// - SeeAlso: https://docs.slack.dev/interactivity/implementing-slash-commands
    var payloadName: String {
        switch kind {
        case .public: name
        case .private: "privategroup"
        case .im: "directmessage"
        }
    }

    /// The other person of a direct message.
    func counterpart(of person: String) -> String? {
        kind == .im ? members.first { $0 != person } ?? person : nil
    }

    /// As `conversations.info` answers to `viewer`.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/objects/conversation-object
    func json(viewer: String, team: String) -> JSON {
        var fields: [String: JSON] = [
            "id": .string(id), "created": .int(created), "is_archived": .bool(isArchived), "is_im": .bool(kind == .im),
            "is_org_shared": false, "context_team_id": .string(team), "updated": .int(created * 1_000),
        ]
        if kind == .im {
            fields["user"] = JSON(counterpart(of: viewer))
            fields["is_user_deleted"] = false
            fields["priority"] = 0
            return .object(fields)
        }
        let more: [String: JSON] = [
            "name": .string(name), "name_normalized": .string(name), "is_channel": .bool(kind == .public),
            "is_group": .bool(kind == .private), "is_mpim": false, "is_private": .bool(kind == .private),
            "is_general": .bool(isGeneral), "unlinked": 0, "is_shared": false, "is_pending_ext_shared": false,
            "pending_shared": [], "is_ext_shared": false, "shared_team_ids": [.string(team)],
            "creator": .string(creator), "is_member": .bool(hasMember(viewer)), "num_members": .int(members.count),
            "topic": [
                "value": .string(topic), "creator": topic.isEmpty ? "" : .string(creator),
                "last_set": .int(topic.isEmpty ? 0 : created),
            ],
            "purpose": [
                "value": .string(purpose), "creator": purpose.isEmpty ? "" : .string(creator),
                "last_set": .int(purpose.isEmpty ? 0 : created),
            ],
            "previous_names": .array(previousNames.map(JSON.string)),
        ]
        return .object(fields.merging(more) { $1 })
    }

    /// As the page lists conversations.
    func clientJSON(viewer: String, bot: String) -> JSON {
        .compact([
            "id": .string(id), "name": .string(name), "kind": .string(kind.rawValue),
            "im_user": counterpart(of: viewer).map(JSON.string), "is_member": .bool(hasMember(viewer)),
            "app_is_member": .bool(hasMember(bot)), "topic": .string(topic), "is_archived": .bool(isArchived),
            "bookmarks": .array(
                bookmarks.map { JSON.compact(["title": $0["title"], "link": $0["link"]]) }),
            "pins": .array(pins.map(JSON.string)),
        ])
    }
}
