import PagerDutyKit
import PluginAPI

/// What can be followed.
struct ConnectOptions: Sendable {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// Slack shows nothing where an answer is late, so both lists are asked for at once and a failure is an empty menu.
    func sources(typed: String) async -> OptionsReply {
        async let services = services(typed)
        async let teams = teams(typed)
        let groups = await [OptionGroup("Services", services.map(\.option)), OptionGroup("Teams", teams.map(\.option))]
        return .groups(groups.filter { !$0.options.isEmpty })
    }

    /// Chooses what a command named, or says what stands in the way.
    func choose(_ typed: String, team: Bool, in form: inout ConnectForm) async throws {
        let pagerDuty = context.pagerDuty
        let kind: Connection.Source.Kind = team ? .team : .service
        let found: NameMatch.Found<Connection.Source>
        if team {
            let all = try await pagerDuty.read(PagerDutyList<PagerDuty.Team>.teams(), limit: 1_000).elements
            found = NameMatch.find(typed, among: all, by: \.name).map { .init(kind: .team, id: $0.id, name: $0.name) }
        } else {
            found = try await ServiceSearch(read: { try await pagerDuty.read($0) }).named(typed)
                .map { .init(kind: .service, id: $0.id, name: $0.name) }
        }
        let quoted = typed.oneLine.escaped(limit: 80)
        switch found {
        case .one(let source): form.source = source
        case .several(let sources):
            let names = sources.prefix(5).map { "*\($0.name.clipped)*" as Mrkdwn }.joined(separator: ", ")
            form.remarks.append("“\(quoted)” could be \(names): choose one.")
        case .none: form.remarks.append("No \(kind.noun) is called “\(quoted)”: choose one.")
        }
    }

    /// An account without priorities gets a form without the field.
    func priorities() async -> [PagerDuty.Priority] {
        (try? await context.pagerDuty.read(.priorities, limit: 100))?.elements ?? []
    }

    /// The same, to name them by.
    func priorityNames() async -> [PagerDuty.ID: String] {
        Dictionary(await priorities().map { ($0.id, $0.name) }) { first, _ in first }
    }

    private func services(_ typed: String) async -> [Connection.Source] {
        let pagerDuty = context.pagerDuty
        do {
            return try await ServiceSearch(read: { try await pagerDuty.read($0) }).typed(typed)
                .map { .init(kind: .service, id: $0.id, name: $0.name) }
        } catch {
            context.log.error("No services to offer", ["error": "\(type(of: error))"])
            return []
        }
    }

    private func teams(_ typed: String) async -> [Connection.Source] {
        do {
            return try await context.pagerDuty.read(PagerDutyList<PagerDuty.Team>.teams(matching: typed).page())
                .elements
                .map { .init(kind: .team, id: $0.id, name: $0.name) }
        } catch {
            context.log.error("No teams to offer", ["error": "\(type(of: error))"])
            return []
        }
    }
}
