package import PluginAPI

/// `/pd runbook checkout`: the link that somebody looks for at night.
package struct Runbooks: Plugin {
    package static let manifest = Manifest("runbooks", "Find the runbook of a service", scopes: ["chat:write"])

    package init() {}

    package var routes: [Route<Runbooks>] {
        Handle(FindRunbook.self)
        Handle(KeepRunbook.self)
        OnShortcut(KeepRunbook.self, named: "Keep a runbook")
        // Slack tells of a press on a link button too.
        OnAction("open") { _, _ in .nothing }
    }
}

/// A service's runbook.
struct Runbook: Codable, Sendable {
    var service: String
    var link: Link
    var by: String

    static func key(_ service: String) -> String { "runbook/\(service.lowercased())" }
}

struct FindRunbook: Command {
    static let name = "runbook", summary = "Show a service's runbook, or all of them"
    @Rest("which service") var service = ""

    func run(_ context: Context<Runbooks>) async throws -> Reply {
        guard service.utf8.count <= 100 else { throw UsageError("A hundred characters at most", at: "service") }
        if let runbook = try await context.store.get(Runbook.key(service), as: Runbook.self) {
            return .ephemeral(page([runbook], title: "Runbook of \(service)"))
        }
        let all = try await context.store.list(prefix: "runbook/", as: Runbook.self, limit: 100).map(\.value)
        guard !all.isEmpty else {
            return .ephemeral("There are no runbooks yet: add one with `\(context.slashCommand) add-runbook`.")
        }
        let near = all.filter { !service.isEmpty && $0.service.lowercased().contains(service.lowercased()) }
        let shown = near.isEmpty ? all : near
        let title = service.isEmpty ? "All runbooks" : near.isEmpty ? "None for “\(service)”. There are" : "Perhaps"
        return .ephemeral(page(Array(shown.prefix(20)), title: title))
    }

    private func page(_ runbooks: [Runbook], title: String) -> Message {
        Message(title.escaped()) {
            Block.section(.mrkdwn("*\(title)*"))
            for (index, runbook) in runbooks.enumerated() {
                Block.section(
                    .mrkdwn("\(runbook.service), kept by \(Mention.user(runbook.by))"),
                    accessory: .button("Open", action: "open", url: runbook.link.address), id: "runbook-\(index)")
            }
        }
    }
}

struct KeepRunbook: Command {
    static let name = "add-runbook", summary = "Keep the link to a service's runbook"
    @Argument("which service") var service: String
    @Argument("where it is") var link: Link

    func run(_ context: Context<Runbooks>) async throws -> Reply {
        guard (1...100).contains(service.utf8.count) else { throw UsageError("1 to 100 characters", at: "service") }
        guard let person = context.person else { throw Refusal("Only a person can keep one.") }
        let runbook = Runbook(service: service, link: link, by: person.id)
        try await context.store.put(runbook, at: Runbook.key(service))
        return .ephemeral("Kept. `\(context.slashCommand) runbook \(service)` shows it.")
    }
}
