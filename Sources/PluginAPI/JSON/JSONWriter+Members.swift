extension JSONWriter {
    /// Writes a member with a text; nothing where it is `nil`.
    public mutating func member(_ name: String, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }

    /// Writes a member with a truth value; nothing where it is `nil`.
    public mutating func member(_ name: String, _ value: Bool?) {
        guard let value else { return }
        key(name)
        bool(value)
    }

    /// Writes a member with a whole number; nothing where it is `nil`.
    public mutating func member(_ name: String, _ value: Int?) {
        guard let value else { return }
        key(name)
        integer(value)
    }

    /// Writes a member with any value; nothing where it is `nil`.
    public mutating func member(_ name: String, json value: JSONValue?) {
        guard let value else { return }
        key(name)
        value.write(to: &self)
    }

    /// Writes a member with an object.
    public mutating func object(_ name: String, _ members: (inout JSONWriter) -> Void) {
        key(name)
        object(members)
    }

    /// Writes a member with an array.
    public mutating func array(_ name: String, _ elements: (inout JSONWriter) -> Void) {
        key(name)
        array(elements)
    }

    /// What goes before the ids of a plugin; a plugin's id has no colon, so the first one ends the prefix.
    package static func idPrefix(of plugin: String) -> String { plugin + ":" }

    /// The prefix of the ids that the host answers itself.
    package static let hostPrefix = "host:"

    /// Writes a member with an action, block or callback id, after the host's prefix.
    mutating func id(_ name: String, _ value: String?) {
        guard let value else { return }
        key(name)
        // What the host answers itself, such as a button that starts a command, belongs to no plugin.
        string(value.utf8.starts(with: Self.hostPrefix.utf8) ? value : idPrefix + value)
    }
}
