package import PluginAPI

/// `/pd role lead @ada`: who does what in the incident of this channel.
package struct Roles: Plugin {
    package struct Settings: PluginSettings {
        /// The roles that there are.
        package var roles = ["lead", "scribe", "communications"]
        package init() {}
    }

    package static let manifest = Manifest("roles", "Say who does what in an incident", scopes: ["chat:write"])

    package init() {}

    package var routes: [Route<Roles>] {
        Handle(AssignRole.self)
        OnAction("take/*") { action, context in
            guard let channel = context.channel else { return .nothing }
            let role = String(action.id.dropFirst("take/".count))
            try await RoleBoard(context, channel: channel.id).assign(action.person.id, to: role)
            return .nothing
        }
    }
}

struct AssignRole: Command {
    static let name = "role", summary = "Give somebody a role in this channel's incident"
    static let aliases = ["roles"]
    @Argument("which role") var role: String?
    @Argument("who does it; you, where nobody is named") var who: UserRef?

    func run(_ context: Context<Roles>) async throws -> Reply {
        guard let channel = context.channel, channel.kind != .directMessage else {
            throw Refusal("Roles belong to a channel: ask there.")
        }
        let board = RoleBoard(context, channel: channel.id)
        if let role {
            let known = context.settings.roles
            guard known.contains(role.lowercased()) else {
                throw UsageError("There is no such role: one of \(known.joined(separator: ", "))", at: "role")
            }
            guard let person = who?.id ?? context.person?.id else { throw UsageError("Name somebody", at: "who") }
            try await board.assign(person, to: role.lowercased())
        } else {
            try await board.show()
        }
        return .nothing
    }
}

/// The roles of one channel: one live message, changed in place.
struct RoleBoard {
    let context: Context<Roles>
    let channel: String

    init(_ context: Context<Roles>, channel: String) {
        self.context = context
        self.channel = channel
    }

    func assign(_ person: String, to role: String) async throws {
        guard context.settings.roles.contains(role) else { return }
        _ = try await context.store.update("roles/\(channel)", as: [String: String].self) { roles in
            var roles = roles ?? [:]
            roles[role] = person
            return roles
        }
        try await show()
    }

    func show() async throws {
        let holders = try await context.store.get("roles/\(channel)", as: [String: String].self) ?? [:]
        let roles = context.settings.roles.prefix(10)
        let message = Message("Who does what here") {
            Block.header("Who does what here")
            for role in roles {
                let holder = holders[role].map { Mention.user($0) } ?? "nobody yet"
                Block.section(
                    .mrkdwn("*\(role)*: \(holder)"), accessory: .button("Take over", action: "take/\(role)"))
            }
        }
        try await context.messages.show(message, as: "roles", in: channel)
    }
}
