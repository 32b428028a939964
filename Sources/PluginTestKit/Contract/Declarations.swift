import FoundationEssentials
import PluginAPI

/// What can be said of a plugin without running it.
enum Declarations {
    /// What the host would refuse at its start.
    static func clashes<P: Plugin>(of plugin: P.Type) -> [String] {
        do {
            _ = try RouteTable([RegisteredPlugin(plugin)])
            return P.manifest.hosts.filter { !isHostName($0) }.map {
                "\(P.manifest.id): “\($0)” in hosts is no host name: write it without https:// and without a path"
            }
        } catch {
            return error.problems
        }
    }

    /// What people would read nothing about.
    static func silences<P: Plugin>(of plugin: P.Type) -> [String] {
        let registered = RegisteredPlugin(plugin)
        let id = P.manifest.id
        var findings: [String] = []
        if P.manifest.summary.isEmpty {
            findings.append("\(id): the manifest has no summary: say in one sentence what it is for")
        }
        for case .command(let shape, _, _) in registered.routes {
            if shape.summary.isEmpty {
                findings.append("\(id): the command “\(shape.name)” has no summary: help would show an empty line")
            }
            if shape.summary.utf8.last == UInt8(ascii: ".") || shape.summary.contains("\n") {
                findings.append("\(id): the summary of “\(shape.name)” is one line without a full stop")
            }
            for parameter in shape.parameters where parameter.help.isEmpty {
                findings.append(
                    "\(id): the argument “\(parameter.name)” of “\(shape.name)” has no words: a form and a usage error "
                        + "would say nothing of it")
            }
        }
        for case .shortcut(let shortcut, _) in registered.routes
        where !(1...150).contains(shortcut.description.utf16.count) {
            findings.append("\(id): the shortcut “\(shortcut.name)” needs a description of 1–150 characters")
        }
        for case .schedule(let schedule, let when, _) in registered.routes {
            guard case .every(let interval) = when.kind, interval < .seconds(60) else { continue }
            findings.append("\(id): the schedule “\(schedule)” runs at most once a minute: give it a longer interval")
        }
        return findings
    }

    /// Whether the settings survive being written down, and say what is wrong with odd ones.
    static func settingFaults<P: Plugin>(of plugin: P.Type) -> [String] {
        let registered = RegisteredPlugin(plugin)
        let id = P.manifest.id
        do {
            let written = try JSONEncoder().encode(P.Settings())
            let json = try JSONValue(decoding: Array(written))
            _ = try registered.settings([:])
            _ = try registered.settings(json)
            let unread = Set(json.object?.keys.map(\.self) ?? []).symmetricDifference(registered.settingNames)
            return unread.sorted().filter { json[$0] != .null || registered.settingNames.contains($0) == false }.map {
                "\(id): the setting “\($0)” has another name in the file than in the code: let both be the same"
            }
        } catch {
            return ["\(id): its default settings cannot be read back: \(error)"]
        }
    }

    private static func isHostName(_ host: String) -> Bool {
        !host.isEmpty && host.utf8.count <= 253
            && host.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
            }
    }
}
