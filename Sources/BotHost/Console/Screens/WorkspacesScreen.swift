import BotStore
import Foundation
import PluginAPI

/// `/workspaces`: where the app is installed, what it may do there and what it lacks, and how it comes into others.
struct WorkspacesScreen: Sendable {
    let store: any Store
    let installs: InstallParts
    let accounts: AccountDirectory
    let publicAddress: ListenerAddress
    let clock: HostClock

    var screen: ConsoleScreen {
        ConsoleScreen(path: "/workspaces", title: "Workspaces") { try await sheet($0) }
    }

    var deeds: [ConsoleDeed] {
        [
            ConsoleDeed(path: "/workspaces/install", least: .owner) { visit, form in
                try await invite(visit, workspace: form["workspace"])
            },
            ConsoleDeed(path: "/workspaces/suspend", least: .owner) { visit, form in
                try await change(form["workspace"]) { installation in
                    try await installs.suspension.suspend(
                        installation, because: "An administrator suspended it", by: visit.session.by)
                }
            },
            ConsoleDeed(path: "/workspaces/resume", least: .owner) { visit, form in
                try await change(form["workspace"]) { try await installs.suspension.resume($0, by: visit.session.by) }
            },
            ConsoleDeed(path: "/workspaces/remove", least: .owner, needsFreshSignIn: true) { visit, form in
                try await remove(visit, form["workspace"], typed: form["name"])
            },
            ConsoleDeed(path: "/workspaces/open", least: .owner, needsFreshSignIn: true) { visit, form in
                try await open(visit, form["open"] == "yes")
            },
        ]
    }

    // MARK: looking

    private func sheet(_ visit: ConsoleVisit) async throws -> ConsoleSheet {
        let installations = try await store.installations()
        var rows: [[HTML]] = []
        for installation in installations { rows.append(try await row(installation, visit)) }
        let table = ConsoleTable(
            "Workspaces", ["Workspace", "State", "Accounts", "Scopes", ""],
            empty: "The app is in no workspace yet.", rows: rows)
        return ConsoleSheet(
            title: "Workspaces",
            body: """
                <h1>Workspaces</h1>
                \(table.html)
                \(try await installing(visit))
                """)
    }

    private func row(_ installation: Installation, _ visit: ConsoleVisit) async throws -> [HTML] {
        let id = [(name: "workspace", value: installation.id)]
        let missing = installs.needed.missing(in: installation)
        var actions =
            missing.isEmpty && installation.state == .active
            ? HTML.empty
            : visit.button("Reauthorize", to: "/workspaces/install", least: .owner, fields: id, style: "primary")
        actions +=
            installation.state == .active
            ? visit.button("Suspend", to: "/workspaces/suspend", least: .owner, fields: id)
            : visit.button("Resume", to: "/workspaces/resume", least: .owner, fields: id)
        let kind: HTML = installation.isEnterpriseInstall ? "<br><span class=\"small muted\">organization</span>" : ""
        return [
            "<b><bdi>\(installation.name)</bdi></b><br><code>\(installation.id)</code>\(kind)", state(installation),
            await mapped(installation), scopes(installation, missing),
            "<div class=\"small-buttons\">\(actions)\(removal(installation, visit))</div>",
        ]
    }

    private func state(_ installation: Installation) -> HTML {
        switch installation.state {
        case .active: return ConsoleWords.badge("active", "ok")
        case .suspended(let reason):
            let end = installation.updatedAt.addingTimeInterval(Suspension.keeps)
            return """
                \(ConsoleWords.badge("suspended", "bad"))<br><span class="small">\(reason). What waits is kept until \
                \(ConsoleWords.time(end)).</span>
                """
        }
    }

    private func mapped(_ installation: Installation) async -> HTML {
        let served = ServedWorkspace(
            workspace: Workspace(id: installation.id, name: installation.name, botUserID: installation.botUserID),
            installation: installation)
        var lines: [HTML] = []
        for (id, connection) in accounts.connections.sorted(by: { $0.key < $1.key }) {
            let name = try? await accounts.mapped(id, for: served)?.name
            lines.append("\(connection.provider.name): <bdi>\(name ?? "not connected")</bdi><br>")
        }
        return HTML(lines)
    }

    private func scopes(_ installation: Installation, _ missing: [NeededScopes.Need]) -> HTML {
        let granted: HTML = """
            <details><summary>\(installation.scopes.count) granted</summary>\
            <code>\(installation.scopes.sorted().joined(separator: ", "))</code></details>
            """
        guard !missing.isEmpty else { return granted }
        return "\(granted)\(ConsoleWords.badge("\(missing.count) missing", "warn"))\(InstallPages.list(missing))"
    }

    private func removal(_ installation: Installation, _ visit: ConsoleVisit) -> HTML {
        guard visit.may(.owner) else { return .empty }
        return """
            <details><summary class="small">Remove…</summary>
            <form method="post" action="/workspaces/remove">\(visit.formToken)
            <input type="hidden" name="workspace" value="\(installation.id)">
            <label for="name-\(installation.id)">Type the workspace's name to remove it with its tokens</label>
            <input type="text" id="name-\(installation.id)" name="name" autocomplete="off" required>
            <button class="danger">Remove</button></form></details>
            """
    }

    private func installing(_ visit: ConsoleVisit) async throws -> HTML {
        guard installs.routes.installer != nil else {
            return """
                <h2>Another workspace</h2>
                <p>This host serves the workspaces whose bot tokens it was given. With <code>SLACK_CLIENT_ID</code> and \
                <code>SLACK_CLIENT_SECRET</code> it can be installed into others from here.</p>
                """
        }
        let isOpen = try await installs.permission.isOpenToAnybody()
        let toggle = visit.button(
            isOpen ? "Only with an address from here" : "Let anybody install", to: "/workspaces/open", least: .owner,
            fields: [("open", isOpen ? "no" : "yes")])
        return """
            <h2>Another workspace</h2>
            <p>\(isOpen ? "Anybody who knows the address may install the app." : "Whoever is to install the app needs a one-time address from here.")</p>
            <div class="actions">\
            \(visit.button("Install app into a workspace", to: "/workspaces/install", least: .owner, style: "primary"))\
            \(toggle)</div>
            """
    }

    // MARK: doing

    private func invite(_ visit: ConsoleVisit, workspace: String) async throws -> ConsoleOutcome {
        guard installs.routes.installer != nil else {
            return .refused("This host has no client id to install itself with: set SLACK_CLIENT_ID.")
        }
        let ticket = installs.permission.make(
            by: visit.session.by, for: workspace.isEmpty ? nil : workspace)
        let address = "\(await publicAddress.url)\(InstallRoutes.installPath)?ticket=\(ticket)"
        return .sheet(
            ConsoleSheet(
                title: "Install the app",
                body: """
                    <h1>\(workspace.isEmpty ? "Install the app into a workspace" : "Authorize \(workspace) again")</h1>
                    <p>This address works once, for 15 minutes. Open it yourself, or send it to an administrator of the \
                    Slack workspace.</p>
                    <p><code>\(address)</code></p>
                    <div class="actions"><a class="button primary" href="\(address)">Open it</a>
                    <a class="button" href="/workspaces">Back</a></div>
                    """, isWide: false))
    }

    private func find(_ id: String) async throws -> Installation? {
        try await store.installations().first { $0.id.utf8.elementsEqual(id.utf8) }
    }

    private func change(_ id: String, _ work: (Installation) async throws -> Void) async throws -> ConsoleOutcome {
        guard let installation = try await find(id) else { return .refused("The app is not installed there any more.") }
        try await work(installation)
        return .done(then: "/workspaces?done=1")
    }

    private func remove(_ visit: ConsoleVisit, _ id: String, typed name: String) async throws -> ConsoleOutcome {
        guard let installation = try await find(id) else { return .refused("The app is not installed there any more.") }
        guard name.utf8.elementsEqual(installation.name.utf8) else {
            return .refused("The name that was typed is not “\(installation.name)”. Nothing was removed.")
        }
        _ = try await store.deleteInstallation(id)
        installs.directory.forget()
        try await store.appendAudit([
            AuditLine(
                at: clock.now(), actor: visit.session.by, action: "workspace.removed", subject: id, workspace: id)
        ])
        return .done(then: "/workspaces?done=1")
    }

    private func open(_ visit: ConsoleVisit, _ isOpen: Bool) async throws -> ConsoleOutcome {
        try await installs.permission.setOpenToAnybody(isOpen)
        try await store.appendAudit([
            AuditLine(
                at: clock.now(), actor: visit.session.by, action: "installs.\(isOpen ? "opened" : "closed")",
                subject: "everybody")
        ])
        return .done(then: "/workspaces?done=1")
    }
}
