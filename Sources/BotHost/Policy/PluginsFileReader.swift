package import PluginAPI

/// Reads `plugins.json` and says everything that is wrong with it at once, each with its JSON path and the nearest
/// valid word. A file with any problem is refused whole.
package struct PluginsFileReader {
    /// The ids that are compiled in.
    let plugins: [RegisteredPlugin]
    private var problems: [PolicyProblem] = []

    package init(plugins: [RegisteredPlugin]) {
        self.plugins = plugins
    }

    package struct Refused: Error, Hashable {
        package let problems: [PolicyProblem]
    }

    package static func read(_ bytes: [UInt8], plugins: [RegisteredPlugin]) throws(Refused) -> PluginsFile {
        let json: JSONValue
        do {
            json = try JSONValue(decoding: bytes)
        } catch {
            throw Refused(problems: [PolicyProblem(path: "$", problem: "is not valid JSON: \(error)")])
        }
        var reader = PluginsFileReader(plugins: plugins)
        let file = reader.file(json)
        guard reader.problems.isEmpty else { throw Refused(problems: reader.problems) }
        return file
    }

    private mutating func file(_ json: JSONValue) -> PluginsFile {
        var file = PluginsFile()
        guard let object = object(json, at: "$", keys: ["$schema", "command", "plugins", "workspaces"]) else {
            return file
        }
        if let command = object["command"] {
            if let word = command.string, SlashWord.isPossible(word) {
                file.command = word
                if let owner = plugins.first(where: { $0.hasSlashCommand(word) }) {
                    say("$.command", "\(word) is a command of the plugin “\(owner.id)”; choose another word")
                }
            } else {
                say("$.command", "must be a slash command such as \"/pd\": lower-case letters, digits, - and _")
            }
        }
        if let plugins = object["plugins"] {
            file.plugins = entries(plugins, at: "$.plugins")
        } else {
            say("$", "misses \"plugins\": which of \(ids.joined(separator: ", ")) are on, such as {\"help\": {}}")
        }
        if let workspaces = object["workspaces"] {
            file.workspaces = self.workspaces(workspaces, &file.fallbackChannels)
        }
        checkSettings(of: file)
        return file
    }

    private mutating func workspaces(
        _ json: JSONValue, _ fallbackChannels: inout [String: String]
    ) -> [String: [String: PluginsFile.Entry]] {
        guard let object = json.object else {
            say("$.workspaces", "must be an object of workspace ids")
            return [:]
        }
        var workspaces: [String: [String: PluginsFile.Entry]] = [:]
        for (id, json) in object.sorted(by: { $0.key < $1.key }) {
            let path = "$.workspaces" + Self.step(id)
            guard Self.isID(id, prefixes: "TE") else {
                say(path, "is no workspace id; one looks like T0123ABCD")
                continue
            }
            let keys = ["name", "fallbackChannel", "plugins"]
            guard let workspace = self.object(json, at: path, keys: keys) else { continue }
            if let name = workspace["name"], name.string == nil { say(path + ".name", "must be a text") }
            if let channel = workspace["fallbackChannel"] {
                if let channel = channel.string, Self.isID(channel, prefixes: "CG") {
                    fallbackChannels[id] = channel
                } else {
                    say(
                        path + ".fallbackChannel",
                        "must be the id of a channel that the app is in, such as \"C0123ABCD\"")
                }
            }
            workspaces[id] = workspace["plugins"].map { entries($0, at: path + ".plugins") } ?? [:]
        }
        return workspaces
    }

    private mutating func entries(_ json: JSONValue, at path: String) -> [String: PluginsFile.Entry] {
        guard let object = json.object else {
            say(path, "must be an object of plugin ids")
            return [:]
        }
        var entries: [String: PluginsFile.Entry] = [:]
        for (id, json) in object.sorted(by: { $0.key < $1.key }) {
            let place = path + Self.step(id)
            guard ids.contains(id) else {
                say(place, "is no plugin of this host" + hint(id, among: ids))
                continue
            }
            entries[id] = entry(json, at: place)
        }
        return entries
    }

    private mutating func entry(_ json: JSONValue, at path: String) -> PluginsFile.Entry {
        var entry = PluginsFile.Entry()
        let keys = ["enabled", "channels", "usergroups", "users", "settings"]
        guard let object = object(json, at: path, keys: keys) else { return entry }
        if let enabled = object["enabled"] {
            entry.enabled = enabled.bool
            if entry.enabled == nil { say(path + ".enabled", "must be true or false") }
        }
        entry.channels = list(object["channels"], at: path + ".channels", prefixes: "CGD", example: "C0123ABCD")
        entry.usergroups = list(object["usergroups"], at: path + ".usergroups", prefixes: "S", example: "S0123ABCD")
        entry.users = list(object["users"], at: path + ".users", prefixes: "UW", example: "U0123ABCD")
        if let settings = object["settings"] {
            if let settings = settings.object {
                entry.settings = settings
            } else {
                say(path + ".settings", "must be an object")
            }
        }
        return entry
    }

    private mutating func list(_ json: JSONValue?, at path: String, prefixes: String, example: String) -> [String]? {
        guard let json else { return nil }
        guard let array = json.array else {
            say(path, "must be a list of ids such as [\"\(example)\"]")
            return nil
        }
        for (index, item) in array.enumerated() where !Self.isID(item.string ?? "", prefixes: prefixes) {
            say("\(path)[\(index)]", "must be an id such as \"\(example)\"")
        }
        return array.compactMap(\.string)
    }

    /// Settings are the plugin's own words, so each plugin reads them; and they are read as they will be used, the
    /// general entry with the workspace's over it.
    private mutating func checkSettings(of file: PluginsFile) {
        for plugin in plugins {
            let general = file.plugins[plugin.id]
            if let general { check(general.settings, of: plugin, at: "$.plugins" + Self.step(plugin.id)) }
            for (workspace, entries) in file.workspaces.sorted(by: { $0.key < $1.key }) {
                guard let special = entries[plugin.id], !special.settings.isEmpty else { continue }
                let merged = (general?.settings ?? [:]).merging(special.settings) { $1 }
                check(merged, of: plugin, at: "$.workspaces\(Self.step(workspace)).plugins\(Self.step(plugin.id))")
            }
        }
    }

    private mutating func check(_ settings: [String: JSONValue], of plugin: RegisteredPlugin, at path: String) {
        do {
            _ = try plugin.settings(.object(settings))
        } catch let fault as SettingsFault {
            let place = path + ".settings" + fault.path.map(Self.step).joined()
            let near = fault.nearest.map { "; did you mean \"\($0)\"?" }
            say(place, fault.problem + (near ?? hint(of: plugin, for: fault)))
        } catch {
            say(path + ".settings", "cannot be read")
        }
    }

    private func hint(of plugin: RegisteredPlugin, for fault: SettingsFault) -> String {
        guard fault.problem == "is no setting" else { return "" }
        return plugin.settingNames.isEmpty
            ? "; \(plugin.id) has none" : "; there are \(plugin.settingNames.joined(separator: ", "))"
    }

    private mutating func object(_ json: JSONValue, at path: String, keys: [String]) -> [String: JSONValue]? {
        guard let object = json.object else {
            say(path, "must be an object with \(keys.joined(separator: ", "))")
            return nil
        }
        for key in object.keys.sorted() where !keys.contains(key) {
            say(path + Self.step(key), "is not known here" + hint(key, among: keys))
        }
        return object
    }

    private var ids: [String] { plugins.map(\.id) }

    private func hint(_ word: String, among known: [String]) -> String {
        Nearest.word(to: word, among: known).map { "; did you mean \"\($0)\"?" }
            ?? "; there are \(known.joined(separator: ", "))"
    }

    private mutating func say(_ path: String, _ problem: String) {
        // A hostile or hopeless file must not print without end.
        if problems.count < 50 { problems.append(PolicyProblem(path: path, problem: problem)) }
    }

    /// One step of a JSON path, quoted where it is no plain word.
    private static func step(_ key: String) -> String {
        let isPlain = !key.isEmpty && key.utf8.allSatisfy { isWordByte($0) }
        return isPlain ? ".\(key)" : "[\(JSONValue.string(key))]"
    }

    private static func step(_ step: SettingsFault.Step) -> String {
        switch step {
        case .key(let key): self.step(key)
        case .index(let index): "[\(index)]"
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"):
            true
        default: false
        }
    }

    private static func isID(_ id: String, prefixes: String) -> Bool {
        guard let first = id.utf8.first, prefixes.utf8.contains(first), (3...32).contains(id.utf8.count) else {
            return false
        }
        return id.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }
}

extension RegisteredPlugin {
    fileprivate func hasSlashCommand(_ word: String) -> Bool {
        routes.contains { route in
            guard case .command(_, let slash?, _) = route else { return false }
            return slash.utf8.elementsEqual(word.utf8)
        }
    }
}
