import PluginAPI

/// Where the person was when a form opened, carried inside the form so that its answer can reach them there.
///
/// It travels in the view's private metadata beside the plugin's own: only the app sees that, the next request that
/// carries it is signed, and the address in it is held against Slack's hosts before it is used.
/// - SeeAlso: <https://docs.slack.dev/surfaces/modals#private_metadata>
struct FormOrigin: Sendable, Equatable {
    var channel: Channel?
    var responseURL: String?

    /// What a plugin may keep of the 3,000 characters.
    static let pluginLimit = 2_000

    func metadata(with plugins: String) -> String {
        var members: [String: JSONValue] = [:]
        if let channel {
            members["c"] = .string(channel.id)
            members["n"] = .string(channel.name)
            members["k"] = .string(channel.kind.rawValue)
        }
        if let responseURL, responseURL.utf8.count <= 500 { members["r"] = .string(responseURL) }
        if !plugins.isEmpty { members["p"] = .string(plugins) }
        return JSONValue.object(members).description
    }

    /// Reads what ``metadata(with:)`` wrote; anything else is the plugin's own text.
    static func parse(_ metadata: String) -> (origin: FormOrigin, plugins: String) {
        guard let json = try? JSONValue(decoding: Array(metadata.utf8)), json.object != nil else {
            return (FormOrigin(), metadata)
        }
        let channel = json["c"].string.map {
            Channel(
                id: $0, name: json["n"].string ?? "",
                kind: json["k"].string.flatMap(Channel.Kind.init(rawValue:)) ?? .channel)
        }
        return (FormOrigin(channel: channel, responseURL: json["r"].string), json["p"].string ?? "")
    }
}
