import PagerDutyKit
import PluginAPI

/// Moves services from V2 extensions to connections, as the person who asks for it: PagerDuty decides whether they may.
struct Migration {
    static let most = 500
    /// What stands in the address of every V2 webhook that a host like this one takes in.
    static let path = PagerDutyV2Source().path + "/"

    private let context: Context<IncidentsPlugin>
    private let person: Person

    init(_ context: Context<IncidentsPlugin>, by person: Person) {
        self.context = context
        self.person = person
    }

    /// Those that reach this workspace: PagerDuty's own integration with it, and V2 webhooks to this host.
    func extensions() async throws -> [PagerDuty.Extension] {
        let pagerDuty = context.pagerDuty.acting(as: person)
        let list = PagerDutyList<PagerDuty.Extension>.extensions
        let all = try await list.all(limit: Self.most) { call in try await pagerDuty.read(call) }
        return all.elements.filter { $0.slack?.workspace == context.workspace.id || isOurs($0.address) }
    }

    /// - Returns: what the person is told.
    func carryOut() async throws -> Message {
        var done: [String] = []
        var failed: [(name: String, why: String)] = []
        for one in try await extensions() {
            do {
                if let slack = one.slack { try await connect(one, slack) }
                _ = try await context.pagerDuty.acting(as: person).write(.removeExtension(one.id))
                done += one.services.map(\.name)
            } catch let error as PagerDutyError {
                failed.append((one.name, error.sentence))
            } catch let refusal as Refusal {
                failed.append((one.name, refusal.sentence))
            }
        }
        return message(done, failed)
    }

    /// The connection comes first: for a moment both tell, which is better than none.
    private func connect(_ one: PagerDuty.Extension, _ slack: PagerDuty.Extension.SlackConfiguration) async throws {
        let channel = try await ChannelAccess(context).enter(slack.channel).get()
        for service in one.services {
            let connection = Connection(
                Connection.Source(kind: .service, id: service.id, name: service.name), to: channel,
                in: context.workspace, audience: .responders,
                filter: ConnectionFilter(events: Self.events(slack.events), urgency: slack.urgency), by: person,
                at: context.now)
            guard let connection else { continue }
            try await Connections(context).put(connection)
            try await ConnectionNotice(context).added(connection)
        }
    }

    private func isOurs(_ address: String?) -> Bool {
        address.map { $0.contains(Self.path) } ?? false
    }

    /// V2's six switches; nothing said is everything.
    static func events(_ names: [String]) -> [PagerDuty.IncidentEvent.Kind] {
        guard !names.isEmpty else { return ConnectionFilter.usual }
        return names.flatMap { name -> [PagerDuty.IncidentEvent.Kind] in
            switch name {
            case "acknowledge": [.acknowledged, .unacknowledged]
            case "resolve": [.resolved, .reopened]
            case "escalate": [.escalated]
            case "assignments": [.reassigned, .delegated]
            case "annotate": [.annotated]
            default: []
            }
        }
    }

    private func message(_ done: [String], _ failed: [(name: String, why: String)]) -> Message {
        var lines: [Mrkdwn] = []
        if !done.isEmpty {
            let names = done.prefix(30).map { $0.clipped.escaped() }.joined(separator: ", ")
            lines.append("✅ \(done.count) services are migrated: \(names).")
        }
        for (name, why) in failed.prefix(20) { lines.append("⚠️ *\(name.clipped)* stays as it is. \(why)") }
        return lines.isEmpty ? "There is nothing left to migrate." : Message(lines.joined(separator: "\n"))
    }
}
