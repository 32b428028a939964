import PluginAPI

/// Where the person was when a form opened, carried inside the form so that its answer can reach them there.
///
/// It travels in the view's private metadata beside the plugin's own: only the app sees that, the next request that
/// carries it is signed, and the address in it is held against Slack's hosts before it is used.
/// - SeeAlso: <https://docs.slack.dev/surfaces/modals#private_metadata>
struct FormOrigin: Sendable, Equatable {
    var channel: Channel?
    var responseURL: String?

    /// What Slack takes, in characters.
    static let limit = 3_000
    /// Tells ours from a plugin's own, which may be JSON too.
    private static let mark = "bothost"

    /// - Parameter plugins: Always kept whole; where it leaves no room, the way back is left out.
    func metadata(with plugins: String) -> String {
        var members: [String: JSONValue] = [Self.mark: 1]
        if !plugins.isEmpty { members["p"] = .string(plugins) }
        let bare = members
        if let channel {
            members["c"] = .string(channel.id)
            members["n"] = .string(channel.name)
            members["k"] = .string(channel.kind.rawValue)
        }
        let withChannel = members
        if let responseURL { members["r"] = .string(responseURL) }
        let choices = [members, withChannel, bare].map { JSONValue.object($0).description }
        return choices.first { $0.utf16.count <= Self.limit } ?? plugins
    }

    /// Reads what ``metadata(with:)`` wrote; anything else is the plugin's own text.
    static func parse(_ metadata: String) -> (origin: FormOrigin, plugins: String) {
        guard let json = try? JSONValue(decoding: Array(metadata.utf8)), json[mark] == 1 else {
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
