import BotStore
import Foundation
import PluginAPI

/// `/`: whether the host is well, and why not, at a glance.
struct OverviewScreen: Sendable {
    let health: Health
    let store: any Store
    let installs: InstallParts
    let accounts: AccountDirectory
    let publicAddress: ListenerAddress
    let policySource: PolicySource
    let clock: HostClock

    var screen: ConsoleScreen {
        ConsoleScreen(path: "/", title: "Overview") { _ in try await sheet() }
    }

    private func sheet() async throws -> ConsoleSheet {
        let problems =
            await health.problems().sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            + policySource.problems.map { "plugins.json: \($0)" }
        let installations = try await store.installations()
        let suspended = installations.filter { $0.state != .active }
        let lacking = installations.filter { $0.state == .active && !installs.needed.missing(in: $0).isEmpty }
        let jobs = try await store.jobStatistics(at: clock.now())
        let deliveries = try await store.deliveryCounts()
        let state: HTML =
            problems.isEmpty && suspended.isEmpty && lacking.isEmpty
            ? "<div class=\"notice ok\"><p>Everything is well.</p></div>"
            : "<div class=\"notice bad\">\(problems.map { problem -> HTML in "<p>\(problem)</p>" })\(Self.places(suspended, lacking))</div>"
        let waiting = JobState.allCases.filter(\.isUnfinished).reduce(0) { $0 + (jobs.counts[$1] ?? 0) }
        let oldest = jobs.oldestDue.map { max(0, Int(clock.now().timeIntervalSince($0))) }
        return ConsoleSheet(
            title: "Overview",
            body: """
                <h1>Overview</h1>
                \(installations.isEmpty ? await firstSteps() : state)
                <dl class="facts">
                <dt>Workspaces</dt><dd><a href="/workspaces">\(installations.count)</a>, \(suspended.count) suspended, \
                \(lacking.count) to be authorized again</dd>
                <dt>Jobs that wait</dt><dd><a href="/jobs">\(waiting)</a>\
                \(oldest.map { seconds -> HTML in ", the oldest due for \(seconds) s" } ?? "")</dd>
                <dt>Dead letters</dt><dd><a href="/jobs?state=discarded">\(jobs.counts[.discarded] ?? 0)</a></dd>
                <dt>Deliveries set aside</dt><dd><a href="/deliveries?state=quarantined">\
                \(deliveries[.quarantined] ?? 0)</a></dd>
                </dl>
                """)
    }

    /// What leads from an empty host to one that answers; each step says how it is known to be done.
    private func firstSteps() async -> HTML {
        let address = await publicAddress.url
        let isReachable = address.utf8.starts(with: "https://".utf8)
        var steps: [(isDone: Bool, text: HTML)] = [
            (true, "The Slack app: its signing secret is set, so what Slack sends is believed."),
            (
                isReachable,
                isReachable
                    ? "The public address: Slack reaches the host at <code>\(address)</code>."
                    : """
                    The public address: Slack calls only <code>https://</code>; it is <code>\(address)</code>. Set \
                    <code>PUBLIC_URL</code>, or use Socket Mode.
                    """
            ),
        ]
        for (_, connection) in accounts.connections.sorted(by: { $0.key < $1.key }) {
            let isDone = connection.credential != nil
            let name = connection.provider.name
            steps.append(
                (isDone, isDone ? "\(name): the account's key is set." : "\(name): \(connection.provider.notConnected)")
            )
        }
        steps.append(
            (
                false,
                installs.routes.installer == nil
                    ? """
                    A workspace: set <code>SLACK_BOT_TOKEN</code> for one, or <code>SLACK_CLIENT_ID</code> and \
                    <code>SLACK_CLIENT_SECRET</code> for any number, and start the host again.
                    """
                    : "A workspace: <a href=\"/workspaces\">install the app into one</a>."
            ))
        steps.append((false, "A plugin: <code>\(policySource.policy.command) help</code> in that workspace answers."))
        let rows = steps.map { step -> HTML in
            "<li>\(step.isDone ? ConsoleWords.badge("done", "ok") : ConsoleWords.badge("to do", "warn")) \(step.text)</li>"
        }
        return "<h2>First steps</h2><ol class=\"scopes\">\(rows)</ol>"
    }

    private static func places(_ suspended: [Installation], _ lacking: [Installation]) -> [HTML] {
        suspended.map {
            "<p><bdi>\($0.name)</bdi> is served no more. <a href=\"/workspaces\">Why, and what to do</a></p>"
        }
            + lacking.map {
                "<p><bdi>\($0.name)</bdi> has to be authorized again. <a href=\"/workspaces\">What is missing</a></p>"
            }
    }
}
