/// A Slack app, as its manifest describes it: derived from the enabled plugins, so that an app asks a workspace for
/// nothing that no plugin needs.
///
/// Everything that stands in a list is put in order and said once, whatever order the plugins come in: two hosts
/// with the same plugins write the same bytes.
///
/// - SeeAlso: https://docs.slack.dev/reference/app-manifest
package struct AppManifest: Sendable, Hashable {
    /// A slash command that Slack offers to people.
    package struct Command: Sendable, Hashable {
        /// With its slash, such as `/pd`.
        package var slash: String
        /// What it does, in one line.
        package var description: String
        /// What may follow it; empty if nothing.
        package var usageHint: String

        package init(slash: String, description: String, usageHint: String = "") {
            self.slash = slash
            self.description = description
            self.usageHint = usageHint
        }
    }

    /// An entry in Slack's menu of shortcuts.
    package struct Shortcut: Sendable, Hashable {
        /// The id that comes back when it is chosen.
        package var callbackID: String
        /// What people see.
        package var name: String
        /// What it does.
        package var description: String
        /// Whether it stands in the menu of a message; else it stands in the composer's.
        package var isOnMessages: Bool

        package init(callbackID: String, name: String, description: String, isOnMessages: Bool) {
            self.callbackID = callbackID
            self.name = name
            self.description = description
            self.isOnMessages = isOnMessages
        }
    }

    /// A bot token scope, and why a plugin asks for it.
    package struct ScopeRequest: Sendable, Hashable {
        /// Slack's name of it, such as `chat:write`.
        package var name: String
        /// Why, for the administrator who reviews the app.
        package var reason: String

        package init(name: String, reason: String = "") {
            self.name = name
            self.reason = reason
        }
    }

    /// How Slack reaches the app.
    package enum Transport: Sendable, Hashable {
        /// Slack calls this address, such as `https://bots.example.com/slack/events`.
        case http(requestURL: String)
        /// The app opens a connection to Slack.
        case socketMode
    }

    /// The app's name.
    package var name: String
    /// What it does, in one line.
    package var description: String
    /// How Slack reaches it.
    package var transport: Transport
    /// Its slash commands.
    package var commands: [Command]
    /// Its shortcuts.
    package var shortcuts: [Shortcut]
    /// Its bot token scopes.
    package var scopes: [ScopeRequest]
    /// The events it listens to.
    package var events: [String]
    /// The steps that it offers to workflows.
    package var functions: [Function] = []
    /// Where Slack may send people back to after an installation or a sign-in.
    package var redirectURLs: [String]
    /// Whether it has a Home tab.
    package var hasHomeTab: Bool
    /// Whether it can be installed for a whole organization.
    package var isOrgReady: Bool
    /// Whether its tokens end, and are renewed. Slack cannot switch that off again.
    package var rotatesTokens = false

    package init(
        name: String, description: String, transport: Transport, commands: [Command] = [],
        shortcuts: [Shortcut] = [], scopes: [ScopeRequest] = [], events: [String] = [], redirectURLs: [String] = [],
        hasHomeTab: Bool = false, isOrgReady: Bool = true
    ) {
        self.name = name
        self.description = description
        self.transport = transport
        self.commands = commands
        self.shortcuts = shortcuts
        self.scopes = scopes
        self.events = events
        self.redirectURLs = redirectURLs
        self.hasHomeTab = hasHomeTab
        self.isOrgReady = isOrgReady
    }

    /// The scopes that the app asks for, in order: the plugins', and those that its commands, events and
    /// direct messages cannot do without.
    package var allScopes: [String] {
        var names = Set(scopes.map(\.name))
        if !commands.isEmpty || !shortcuts.isEmpty { names.insert("commands") }
        names.formUnion(events.compactMap { Self.scopesOfEvents[$0] })
        return names.sorted()
    }

    /// Why each scope is asked for: every reason that a plugin gives, and our own.
    package func reasons(for scope: String) -> [String] {
        var reasons: [String] = []
        for request in scopes where request.name == scope && !request.reason.isEmpty {
            if !reasons.contains(request.reason) { reasons.append(request.reason) }
        }
        if scope == "commands", !commands.isEmpty || !shortcuts.isEmpty {
            reasons.append("people use its commands and shortcuts")
        }
        let listened = events.filter { Self.scopesOfEvents[$0] == scope }
        if !listened.isEmpty { reasons.append("it listens to \(Set(listened).sorted().joined(separator: ", "))") }
        return reasons
    }

    /// The scopes with their reasons, as a table in Markdown.
    package var scopeTable: String {
        let rows = allScopes.map { "| `\($0)` | \(reasons(for: $0).joined(separator: "; ")) |" }
        return (["| scope | why |", "|---|---|"] + rows).joined(separator: "\n")
    }

    /// The scope that an event is delivered under, for the events that chat operations are about.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/events
    static let scopesOfEvents: [String: String] = [
        "app_mention": "app_mentions:read",
        "channel_archive": "channels:read",
        "channel_created": "channels:read",
        "channel_deleted": "channels:read",
        "channel_rename": "channels:read",
        "channel_unarchive": "channels:read",
        "emoji_changed": "emoji:read",
        "group_archive": "groups:read",
        "group_deleted": "groups:read",
        "group_rename": "groups:read",
        "group_unarchive": "groups:read",
        "link_shared": "links:read",
        "message.channels": "channels:history",
        "message.groups": "groups:history",
        "message.im": "im:history",
        "message.mpim": "mpim:history",
        "pin_added": "pins:read",
        "pin_removed": "pins:read",
        "reaction_added": "reactions:read",
        "reaction_removed": "reactions:read",
        "subteam_created": "usergroups:read",
        "subteam_members_changed": "usergroups:read",
        "subteam_updated": "usergroups:read",
        "team_join": "users:read",
        "user_change": "users:read",
    ]
}
