import BotStore
import Foundation
import PluginAPI

/// `/plugins`: what is compiled in, and where it is on. A switch here overrides `plugins.json`, in force at once on this
/// replica and within five seconds on the others.
struct PluginsScreen: Sendable {
    let store: any Store
    let table: RouteTable
    let policySource: PolicySource
    let clock: HostClock

    var screen: ConsoleScreen {
        ConsoleScreen(path: "/plugins", title: "Plugins") { try await sheet($0) }
    }

    var deeds: [ConsoleDeed] {
        [ConsoleDeed(path: "/plugins/switch", least: .manager) { try await turn($0, $1) }]
    }

    // MARK: looking

    private func sheet(_ visit: ConsoleVisit) async throws -> ConsoleSheet {
        let places = try await places()
        let asked = visit.query["workspace"] ?? ""
        guard let chosen = places.first(where: { $0.id.utf8.elementsEqual(asked.utf8) }) ?? places.first else {
            return ConsoleSheet(
                title: "Plugins",
                body:
                    "<h1>Plugins</h1><p>Install the app into a workspace first; then its plugins are switched here.</p>"
            )
        }
        let tabs = ConsoleWords.tabs(
            places.map { place in
                (
                    label: place.name, address: "/plugins?workspace=\(place.id)",
                    isChosen: place.id.utf8.elementsEqual(chosen.id.utf8)
                )
            }, "Workspaces")
        let table = ConsoleTable(
            "Plugins in \(chosen.name)", ["Plugin", "Commands", "In this workspace", "Limited to", ""],
            empty: "No plugin is compiled in.", rows: table.plugins.map { row($0, chosen.id, visit) })
        return ConsoleSheet(title: "Plugins", body: "<h1>Plugins</h1>\(tabs)\(table.html)")
    }

    /// Workspaces, by the ids that requests carry: those of an organization are known once `plugins.json` names them.
    private func places() async throws -> [(id: String, name: String)] {
        let installations = try await store.installations()
        var places = installations.map { (id: $0.id, name: $0.name.isEmpty ? $0.id : $0.name) }
        for id in policySource.policy.namedWorkspaces where !places.contains(where: { $0.id == id }) {
            places.append((id: id, name: id))
        }
        return places
    }

    private func row(_ plugin: RegisteredPlugin, _ workspace: String, _ visit: ConsoleVisit) -> [HTML] {
        let policy = policySource.policy
        let terms = policy.terms(for: plugin.id, in: workspace)
        let isOn = terms?.isEnabled ?? false
        let words = table.subcommands.filter { $0.pluginID == plugin.id }.map { "\(policy.command) \($0.shape.name)" }
        let commands = words + table.slashes.filter { $0.value.pluginID == plugin.id }.keys.sorted()
        let fields = [(name: "workspace", value: workspace), (name: "plugin", value: plugin.id)]
        var actions = visit.button(
            isOn ? "Switch off" : "Switch on", to: "/plugins/switch", least: .manager,
            fields: fields + [(name: "to", value: isOn ? "off" : "on")])
        if terms?.decidedBy == "the console" {
            actions += visit.button(
                "Let plugins.json decide", to: "/plugins/switch", least: .manager,
                fields: fields + [(name: "to", value: "file")])
        }
        return [
            "<b>\(plugin.id)</b><br><span class=\"small muted\">\(plugin.manifest.summary)</span>",
            HTML(commands.map { command -> HTML in "<code>\(command)</code><br>" }),
            """
            \(isOn ? ConsoleWords.badge("on", "ok") : ConsoleWords.badge("off", ""))<br>\
            <span class="small muted">\(terms?.decidedBy ?? "")</span>
            """,
            limits(terms), "<div class=\"small-buttons\">\(actions)</div>",
        ]
    }

    private func limits(_ terms: Policy.Terms?) -> HTML {
        let lists = [
            ("channels", terms?.channels), ("user groups", terms?.usergroups), ("people", terms?.users),
        ]
        let lines = lists.compactMap { name, ids -> HTML? in
            ids.map { ids -> HTML in
                "\(name): <code>\(ids.isEmpty ? "none" : ids.joined(separator: ", "))</code><br>"
            }
        }
        return lines.isEmpty ? "<span class=\"muted\">everybody, everywhere</span>" : HTML(lines)
    }

    // MARK: doing

    private func turn(_ visit: ConsoleVisit, _ form: PageForm) async throws -> ConsoleOutcome {
        let (workspace, plugin, to) = (form["workspace"], form["plugin"], form["to"])
        guard table.plugins.contains(where: { $0.id.utf8.elementsEqual(plugin.utf8) }) else {
            return .refused("No plugin is called “\(plugin)”.")
        }
        guard try await places().contains(where: { $0.id.utf8.elementsEqual(workspace.utf8) }) else {
            return .refused("The app is not installed in “\(workspace)”.")
        }
        let now = clock.now()
        switch to {
        case "on", "off":
            try await store.setEnablement(
                EnablementOverride(
                    workspace: workspace, plugin: plugin, isEnabled: to == "on", by: visit.session.by, at: now))
        case "file": _ = try await store.clearEnablement(workspace: workspace, plugin: plugin)
        default: return .refused("A plugin is switched on, off, or back to what plugins.json says.")
        }
        try await store.appendAudit([
            AuditLine(
                at: now, actor: visit.session.by, action: "plugin.switched", subject: plugin, workspace: workspace,
                detail: Data(JSONValue.object(["to": .string(to)]).encoded))
        ])
        await policySource.refresh()
        return .done(then: "/plugins?workspace=\(workspace)&done=1")
    }
}
