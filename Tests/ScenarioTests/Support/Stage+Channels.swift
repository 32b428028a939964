import Testing

@testable import Sandbox

extension Stage {
    /// A channel of Acme's by its name, as soon as there is one.
    func channel(_ name: String, at place: SourceLocation = #_sourceLocation) async throws -> SlackChannel {
        try await eventually("no channel is called \(name)", at: place) {
            await sandbox.slack.workspaces.first?.channels.first { $0.name == name }
        }
    }

    /// Ben resolves an incident in PagerDuty.
    func resolves(_ id: String) throws {
        try happens { $0.resolve(id, .init(agent: .user("PBENO01"), channel: "web", date: $1)) }
    }

    /// Ada chooses "Channels…" in the menu of an incident's message.
    func opensChannelForm(_ title: String, at place: SourceLocation = #_sourceLocation) async throws {
        let message = try await ada.sees(title, in: .incidents, at: place) {
            $0.reads.contains(title) && $0.labels.contains("Resolve")
        }
        try await ada.presses("More actions…", in: .incidents, choosing: "Channels…", on: message.ts, at: place)
        try await ada.seesForm("Incident channels", at: place)
    }
}

extension SlackSimulator {
    /// Somebody makes a channel with a name that is then taken.
    func takesName(_ name: String) {
        workspaces[0].channels.append(
            SlackChannel(
                id: "C0TAKEN01", name: name, kind: .public, members: [], creator: "U0BEN0001", created: 0))
    }
}
