/// The ids of buttons, blocks and forms as Slack sees them: the plugin's id, a colon, the plugin's own id. So two
/// plugins never meet, and the owner of a press is found without asking anybody.
package enum WireID {
    package static let host = "host"

    package static func prefix(_ plugin: String) -> String { plugin + ":" }

    /// - Returns: The plugin and its own id, or `nil` where the id is not of our making.
    package static func split(_ id: String) -> (plugin: String, own: String)? {
        guard let colon = id.utf8.firstIndex(of: UInt8(ascii: ":")), colon > id.startIndex else { return nil }
        return (String(id[..<colon]), String(id[id.utf8.index(after: colon)...]))
    }

    /// The plugin's own id, whatever stands before it.
    package static func own(_ id: String, of plugin: String) -> String {
        guard let parts = split(id), parts.plugin == plugin else { return id }
        return parts.own
    }
}
