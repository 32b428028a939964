/// A plugin's settings: a value whose properties all have defaults, so that `plugins.json` need only say what differs.
///
/// Property names are the keys in the file. A key that is no property stops the start of the host with the nearest
/// name; a value of the wrong type with its JSON path.
public protocol PluginSettings: Codable, Sendable {
    /// The defaults.
    init()
}

/// For a plugin without settings.
public struct NoSettings: PluginSettings {
    /// Nothing to say.
    public init() {}
}
