/// What a plugin says of itself: id, purpose, and what it asks of Slack and of the network.
///
/// From the manifests of the enabled plugins the host derives the Slack app manifest, so that an app never asks a
/// workspace for a scope that nothing uses.
/// - SeeAlso: <https://docs.slack.dev/reference/app-manifest>
public struct Manifest: Sendable, Hashable {
    /// Lower-case letters, digits and dashes, 1–32 characters, starting with a letter; unique among plugins. It names the plugin
    /// in `plugins.json` and prefixes the ids of its buttons and forms.
    public let id: String
    /// One sentence, shown in `/pd help` and in the console.
    public let summary: String
    /// The bot token scopes that the plugin's calls need, such as `chat:write`.
    public let scopes: [Scope]
    /// Services the plugin acts on with a person's linked account, such as `pagerduty`.
    public let accounts: [String]
    /// Hosts that the plugin may reach through ``Context/http``, exact names, `https` only.
    public let hosts: [String]
    /// Paths of the public listener below which the plugin's ``WebRoute(_:_:authorization:bodyLimit:_:)``s answer too, beside
    /// `/plugins/{id}`: where the world knows an API by its path, such as `/integration-coffee`.
    public let webPrefixes: [String]

    /// - Parameters:
    ///   - id: Lower-case letters, digits and dashes, 1–32 characters.
    ///   - summary: One sentence for people.
    ///   - scopes: Bot token scopes, each with a reason where it is not obvious.
    ///   - accounts: Ids of account providers whose accounts the plugin uses.
    ///   - hosts: Exact host names for ``Context/http``.
    ///   - webPrefixes: One component each, after a slash; no other plugin and no webhook may listen there.
    public init(
        _ id: String, _ summary: String, scopes: [Scope] = [], accounts: [String] = [], hosts: [String] = [],
        webPrefixes: [String] = []
    ) {
        self.id = id
        self.summary = summary
        self.scopes = scopes
        self.accounts = accounts
        self.hosts = hosts
        self.webPrefixes = webPrefixes
    }
}

/// One Slack bot token scope and why the plugin asks for it.
/// - SeeAlso: <https://docs.slack.dev/reference/scopes>
public struct Scope: Sendable, Hashable, ExpressibleByStringLiteral {
    /// Slack's name of the scope, such as `users:read.email`.
    public let name: String
    /// Why it is needed, in words an administrator who reviews the app can judge; empty where the name says it.
    public let reason: String

    /// A scope with its reason.
    public init(_ name: String, because reason: String) {
        self.name = name
        self.reason = reason
    }

    /// A scope whose name says enough.
    public init(stringLiteral value: String) {
        self.init(value, because: "")
    }
}
