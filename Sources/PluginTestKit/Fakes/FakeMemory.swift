import FoundationEssentials
package import PluginAPI

/// Where a value is: one plugin's, in one workspace.
package struct ValuePlace: Sendable, Hashable {
    package let plugin: String
    package let workspace: String
    package let key: String

    package init(plugin: String, workspace: String, key: String) {
        self.plugin = plugin
        self.workspace = workspace
        self.key = key
    }
}

/// A plugin's values, in memory.
package struct FakeMemory: Sendable {
    private struct Kept {
        var value: StoredValue
        var expires: Date?
    }

    private var kept: [ValuePlace: Kept] = [:]
    /// Thrown instead of an answer.
    package var fault: StoreFault?

    /// Those that are there, whosever they are, by key.
    package var byKey: [String: StoredValue] {
        Dictionary(kept.map { ($0.key.key, $0.value.value) }) { first, _ in first }
    }

    /// Puts these in the place of all that are there.
    package mutating func replace(with values: [String: StoredValue], of plugin: String, in workspace: String) {
        kept = Dictionary(
            values.map { key, value in
                (ValuePlace(plugin: plugin, workspace: workspace, key: key), Kept(value: value))
            }
        ) { first, _ in first }
    }

    func value(at place: ValuePlace, now: Date) throws -> StoredValue? {
        if let fault { throw fault }
        guard let kept = kept[place], kept.expires.map({ $0 > now }) ?? true else { return nil }
        return kept.value
    }

    mutating func put(
        _ bytes: [UInt8], at place: ValuePlace, expecting version: Int64?, expires: Date?, now: Date
    ) throws {
        guard place.key.utf8.count <= 512, bytes.count <= 262_144 else { throw StoreFault.tooLarge }
        let present = try value(at: place, now: now)?.version ?? 0
        if let version, version != present { throw StoreFault.conflict }
        kept[place] = Kept(
            value: StoredValue(key: place.key, bytes: bytes, version: present + 1), expires: expires)
    }

    mutating func delete(_ place: ValuePlace) throws {
        if let fault { throw fault }
        kept[place] = nil
    }

    func values(
        of plugin: String, in workspace: String, prefix: String, limit: Int, after: String?, now: Date
    ) throws -> [StoredValue] {
        if let fault { throw fault }
        return kept.filter { place, kept in
            place.plugin == plugin && place.workspace == workspace && place.key.utf8.starts(with: prefix.utf8)
                && place.key > (after ?? "") && (kept.expires.map { $0 > now } ?? true)
        }.map(\.value.value).sorted { $0.key < $1.key }.prefix(limit).map(\.self)
    }
}
