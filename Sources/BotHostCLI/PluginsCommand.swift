import ArgumentParser
import BotHost
import Foundation
import Logging
import PluginAPI

/// `bothost plugins`
struct PluginsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins",
        abstract: "List the compiled plugins: commands, scopes, where each is on or off and why.")

    @ArgumentParser.Flag(help: "Print an array of objects instead of a table.")
    var json = false

    func run() async throws {
        let (table, policy) = try await reporting { try await Compiled.read() }
        let rows = table.plugins.map { Row($0, table, policy) }
        if json {
            print(JSONValue.array(rows.map(\.json)).description)
            return
        }
        for row in rows {
            print("\(row.plugin.id) — \(row.plugin.manifest.summary)")
            print("  commands  \(row.commands.isEmpty ? "none" : row.commands.joined(separator: ", "))")
            print("  scopes    \(row.scopes.isEmpty ? "none" : row.scopes.joined(separator: ", "))")
            for place in row.places { print("  \(place.isEnabled ? "on " : "off")       \(place.name): \(place.why)") }
        }
    }
}

/// The plugins and the policy of the working directory, without a store or a network.
enum Compiled {
    static func read() async throws -> (table: RouteTable, policy: Policy) {
        let config = try await EnvironmentSource.reader()
        let path = EnvironmentReader(config: config).text("PLUGINS_FILE", default: "./plugins.json")
        let source = try PolicySource(path: path, plugins: Bot.plugins, logger: Logger(label: "bothost"))
        do {
            return (try RouteTable(Bot.plugins), source.policy)
        } catch {
            throw StartProblems(lines: error.problems)
        }
    }
}

/// One plugin in the list.
private struct Row {
    let plugin: RegisteredPlugin
    let commands: [String]
    let scopes: [String]
    let places: [(name: String, isEnabled: Bool, why: String)]

    init(_ plugin: RegisteredPlugin, _ table: RouteTable, _ policy: Policy) {
        self.plugin = plugin
        let subcommands = table.subcommands.filter { $0.pluginID == plugin.id }
            .map { "\(policy.command) \($0.shape.name)" }
        commands = subcommands + table.slashes.filter { $0.value.pluginID == plugin.id }.keys.sorted()
        scopes = plugin.manifest.scopes.map(\.name).sorted()
        let everywhere = policy.terms(for: plugin.id, in: "")
        var places = [("every workspace", everywhere?.isEnabled ?? false, everywhere?.decidedBy ?? "")]
        for workspace in policy.namedWorkspaces {
            guard let terms = policy.terms(for: plugin.id, in: workspace), terms.decidedBy != everywhere?.decidedBy
            else {
                continue
            }
            places.append((workspace, terms.isEnabled, terms.decidedBy))
        }
        self.places = places
    }

    var json: JSONValue {
        [
            "id": .string(plugin.id), "summary": .string(plugin.manifest.summary),
            "commands": .array(commands.map { .string($0) }), "scopes": .array(scopes.map { .string($0) }),
            "workspaces": .array(
                places.map { place in
                    [
                        "workspace": place.name == "every workspace" ? "*" : .string(place.name),
                        "enabled": .bool(place.isEnabled), "decided_by": .string(place.why),
                    ]
                }),
        ]
    }
}
