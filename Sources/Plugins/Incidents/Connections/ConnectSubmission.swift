import PagerDutyKit
import PluginAPI

/// A submitted form on its way to a connection.
struct ConnectSubmission {
    private typealias Field = ConnectForm.Field
    private let person: Person
    private let fields: FieldValues

    init(_ submission: Submission) {
        person = submission.person
        fields = submission.fields
    }

    func reply(_ context: Context<IncidentsPlugin>) async throws -> FormReply {
        guard let chosen = fields.string(Field.source).flatMap(Connection.Source.read) else {
            return .error(at: Field.source, "Choose a service or a team.")
        }
        guard let channelID = fields.string(Field.channel) else {
            return .error(at: Field.channel, "Choose a channel.")
        }
        let source: Connection.Source
        do {
            source = try await self.source(chosen, context.pagerDuty.acting(as: person))
        } catch let error as PagerDutyError {
            return .error(at: Field.source, error.sentence)
        }
        let channel: Connection.Place
        switch try await ChannelAccess(context).enter(channelID) {
        case .success(let place): channel = place
        case .failure(let problem): return .error(at: Field.channel, problem.sentence)
        }
        let audience = fields.string(Field.audience).flatMap(IncidentRecord.Audience.init) ?? .responders
        guard
            let connection = Connection(
                source, to: channel, in: context.workspace, audience: audience, filter: filter, by: person,
                at: context.now)
        else { return .error(at: Field.source, "Choose another service or team.") }
        try await Connections(context).put(connection)
        try await ConnectionNotice(context).added(connection)
        return .close(
            telling:
                "\(Mention.channel(channel.id)) follows the \(source.kind.noun) *\(source.name.clipped)* from now on.")
    }

    /// Read as the person, so that nobody connects what they may not see.
    private func source(
        _ chosen: (kind: Connection.Source.Kind, id: PagerDuty.ID), _ pagerDuty: PagerDutyPerson
    ) async throws -> Connection.Source {
        switch chosen.kind {
        case .service:
            let service = try await pagerDuty.read(.service(chosen.id))
            return Connection.Source(kind: .service, id: service.id, name: service.name)
        case .team:
            let team = try await pagerDuty.read(.team(chosen.id))
            return Connection.Source(kind: .team, id: team.id, name: team.name)
        }
    }

    private var filter: ConnectionFilter {
        let chosen = fields[Field.priorities].strings
        let ids = chosen.compactMap(PagerDuty.ID.init).filter { $0.value != ConnectForm.noPriority }
        return ConnectionFilter(
            events: fields[Field.events].strings.map(PagerDuty.IncidentEvent.Kind.init)
                .filter(PagerDuty.IncidentEvent.Kind.all.contains),
            urgency: fields.string(Field.urgency).flatMap(PagerDuty.Urgency.init),
            priorities: chosen.isEmpty ? .any : .some(ids, orNone: chosen.contains(ConnectForm.noPriority)))
    }
}
