package import PluginAPI

/// One place where the app at Slack is not what the enabled plugins need.
///
/// Only what the host decides is compared: an app's colour or long description is its owner's.
package struct ManifestDifference: Sendable, Hashable, CustomStringConvertible {
    /// What has to be done to the app.
    package enum Kind: Sendable, Hashable {
        case add(String)
        case remove(String)
        case change(from: String, to: String)
    }

    /// Where, such as `oauth_config.scopes.bot`.
    package let path: String
    package let kind: Kind

    package var description: String {
        switch kind {
        case .add(let value): "+ \(path): \(value)"
        case .remove(let value): "- \(path): \(value)"
        case .change(let old, let new): "~ \(path): \(old) → \(new)"
        }
    }

    /// What has to be done so that an app becomes the wanted one, in the order of Slack's own page.
    package static func between(app: JSONValue, wanted: JSONValue) -> [ManifestDifference] {
        object(app, wanted, at: "")
    }

    private static func object(_ app: JSONValue, _ wanted: JSONValue, at path: String) -> [ManifestDifference] {
        (wanted.object ?? [:]).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap { name, value in
            differences(app[name], value, at: path.isEmpty ? name : "\(path).\(name)")
        } + lists(missingFrom: wanted, in: app, at: path)
    }

    /// Lists that the app has and the wanted one has not at all: no command, no event.
    private static func lists(missingFrom wanted: JSONValue, in app: JSONValue, at path: String) -> [ManifestDifference]
    {
        let known = [
            "features": ["slash_commands", "shortcuts"], "settings": ["event_subscriptions"],
            "oauth_config": ["redirect_urls"],
        ]
        return (known[path] ?? []).flatMap { name -> [ManifestDifference] in
            guard case .null = wanted[name] else { return [] }
            let inner = name == "event_subscriptions" ? "bot_events" : nil
            let list = inner.map { app[name][$0] } ?? app[name]
            return entries(list, .array([]), at: ([path, name] + (inner.map { [$0] } ?? [])).joined(separator: "."))
        }
    }

    private static func differences(_ app: JSONValue, _ wanted: JSONValue, at path: String) -> [ManifestDifference] {
        switch wanted {
        case .object: return object(app, wanted, at: path)
        case .array: return entries(app, wanted, at: path)
        case .null: return []
        default:
            if app == wanted { return [] }
            if case .null = app {
                // What is not said is off.
                return wanted == .bool(false) ? [] : [ManifestDifference(path: path, kind: .add(text(wanted)))]
            }
            return [ManifestDifference(path: path, kind: .change(from: text(app), to: text(wanted)))]
        }
    }

    /// Lists are sets: of words, or of things with a name of their own.
    private static func entries(_ app: JSONValue, _ wanted: JSONValue, at path: String) -> [ManifestDifference] {
        let (have, want) = (app.array ?? [], wanted.array ?? [])
        var found: [ManifestDifference] = []
        for entry in want {
            guard let same = have.first(where: { isSame($0, entry) }) else {
                found.append(ManifestDifference(path: path, kind: .add(name(entry) ?? text(entry))))
                continue
            }
            if case .object = entry { found += object(same, entry, at: "\(path)[\(name(entry) ?? "")]") }
        }
        for entry in have where !want.contains(where: { isSame($0, entry) }) {
            found.append(ManifestDifference(path: path, kind: .remove(name(entry) ?? text(entry))))
        }
        return found
    }

    private static func isSame(_ one: JSONValue, _ other: JSONValue) -> Bool {
        guard let known = name(one), let another = name(other) else { return one == other }
        return known.utf8.elementsEqual(another.utf8)
    }

    /// What a command or a shortcut is known by.
    private static func name(_ entry: JSONValue) -> String? {
        entry["command"].string ?? entry["callback_id"].string
    }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? String(decoding: value.encoded, as: UTF8.self)
    }
}
