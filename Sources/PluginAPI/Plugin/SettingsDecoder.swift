import FoundationEssentials

/// Reads a plugin's settings from a part of `plugins.json` that says only what differs from the defaults.
struct SettingsDecoder<Settings: PluginSettings> {
    /// - Throws: ``SettingsFault`` with the place below `settings`, and the nearest name for one that does not exist.
    func decode(_ given: JSONValue) throws(SettingsFault) -> Settings {
        guard let given = given.object else {
            throw SettingsFault(path: [], problem: "must be an object of settings")
        }
        let names = Mirror(reflecting: Settings()).children.compactMap(\.label)
        for name in given.keys.sorted() where !names.contains(name) {
            throw SettingsFault(
                path: [.key(name)], problem: "is no setting", nearest: Nearest.word(to: name, among: names))
        }
        do {
            return try decode(over: given)
        } catch let error as DecodingError {
            let fault = SettingsFault(error)
            // Foundation does not say where a number stands that its type cannot hold: each setting is tried alone.
            let culprit =
                fault.path.isEmpty
                ? given.keys.sorted().first { (try? decode(over: [$0: given[$0] ?? .null])) == nil } : nil
            guard let culprit else { throw fault }
            throw SettingsFault(path: [.key(culprit)], problem: fault.problem)
        } catch {
            throw SettingsFault(path: [], problem: "cannot be read")
        }
    }

    /// The defaults as JSON, what is given laid over them: a synthesized decoder wants every key.
    private func decode(over given: [String: JSONValue]) throws -> Settings {
        let encoded = try JSONEncoder().encode(Settings())
        guard case .object(var merged) = try JSONDecoder().decode(JSONValue.self, from: encoded) else {
            return Settings()
        }
        merged.merge(given) { $1 }
        return try JSONDecoder().decode(Settings.self, from: JSONEncoder().encode(JSONValue.object(merged)))
    }
}

/// What is wrong with a plugin's settings, and where.
package struct SettingsFault: Error, Hashable {
    /// One step down into the settings.
    package enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    /// The way below `settings`.
    package let path: [Step]
    package let problem: String
    package let nearest: String?

    package init(path: [Step], problem: String, nearest: String? = nil) {
        self.path = path
        self.problem = problem
        self.nearest = nearest
    }

    init(_ error: DecodingError) {
        let context: DecodingError.Context
        let problem: String
        switch error {
        case .typeMismatch(let type, let found): (context, problem) = (found, "must be \(words(for: type))")
        case .valueNotFound(let type, let found): (context, problem) = (found, "must be \(words(for: type))")
        case .keyNotFound(let key, let found): (context, problem) = (found, "misses “\(key.stringValue)”")
        case .dataCorrupted(let found): (context, problem) = (found, "has a value that is not one of the possible ones")
        @unknown default: (context, problem) = (DecodingError.Context(codingPath: [], debugDescription: ""), "is wrong")
        }
        self.init(
            path: context.codingPath.map { key in key.intValue.map { .index($0) } ?? .key(key.stringValue) },
            problem: problem)
    }
}

private func words(for type: Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Bool.Type: "true or false"
    case is Int.Type, is Double.Type: "a number"
    default: "a \(type)"
    }
}
