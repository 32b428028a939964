import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Shows an incident in every channel that follows it.
struct IncidentBoard: Sendable {
    /// An incident that was resolved so long before anybody here heard of it is no news.
    static let newsworthy: TimeInterval = 3_600
    static let mostRounds = 5

    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// Why something is to be shown.
    enum Cause: Sendable {
        /// - Parameters:
        ///   - isPast: it tells of a time before what was known.
        ///   - isNew: nothing was known of the incident.
        case event(PagerDuty.IncidentEvent, isPast: Bool, isNew: Bool)
        /// Somebody asked PagerDuty.
        case look

        var event: PagerDuty.IncidentEvent? {
            if case .event(let event, _, _) = self { event } else { nil }
        }
    }

    func show(_ record: IncidentRecord, because cause: Cause) async throws {
        if let event = cause.event, record.told.contains(event.id) { return }
        try await bring(record, because: cause)
        // Only now: a process that ends before this shows and tells it again, under the same keys.
        guard let id = cause.event?.id else { return }
        _ = try await IncidentDesk(context).change(record.id) { $0.tell(id) }
    }

    private func bring(_ record: IncidentRecord, because cause: Cause) async throws {
        guard let incident = record.shown else { return }
        let closed = try await ChannelPresence(context).closed()
        let following = try await Connections(context).following(incident).filter { !closed.contains($0.channel.id) }
        let joining = joining(record, incident, following, cause)
        var record = record
        if !joining.isEmpty {
            record = try await IncidentDesk(context).change(record.id) { record in
                for (channel, audience) in joining where record.channels[channel] != .responders {
                    record.channels[channel] = audience
                }
            }
        }
        guard !record.channels.isEmpty else { return }
        try await paint(record, except: closed)
        if let event = cause.event {
            let own = try await IncidentChannelBook(context).channels(of: record.id)
            try await IncidentNews(context, record, event).tell(
                following, and: own.ids, except: Set(joining.keys), cause)
            if own.dedicated != nil, let invitation = InviteResponders(event) {
                try await context.jobs.enqueue(invitation)
            }
            if event.kind == .resolved, own.dedicated?.isArchived == true {
                try await context.jobs.enqueue(
                    ArchiveChannel(incident: record.id, reason: event.id), after: ArchiveChannel.pause)
            }
            try await lookInto(record, incident, event)
        }
    }

    /// The channels that show the incident from now on.
    private func joining(
        _ record: IncidentRecord, _ incident: PagerDuty.Incident, _ following: [Connection], _ cause: Cause
    ) -> [String: IncidentRecord.Audience] {
        switch cause {
        case .event(let event, let isPast, let isNew):
            if isPast { return [:] }
            let age = context.now.timeIntervalSince(event.occurredAt)
            if isNew, incident.status == .resolved, age > Self.newsworthy { return [:] }
        case .look: if incident.status == .resolved { return [:] }
        }
        var joining: [String: IncidentRecord.Audience] = [:]
        for connection in following where connection.filter.wants(incident) {
            if let event = cause.event, !connection.filter.tells(event.kind) { continue }
            let channel = connection.channel.id
            let present = joining[channel] ?? record.channels[channel]
            guard present == nil || present == .stakeholders && connection.audience == .responders else { continue }
            joining[channel] = connection.audience
        }
        return joining
    }

    /// Paints, and paints again where more was learned meanwhile: of two who paint at the same time, the one who knows less
    /// may come last.
    private func paint(
        _ painted: IncidentRecord, except closed: Set<String>
    ) async throws {
        var record = painted
        for _ in 0..<Self.mostRounds {
            let people = await PeopleFinder(context).people(in: record)
            for (channel, audience) in record.channels.sorted(by: { $0.key < $1.key }) where !closed.contains(channel) {
                guard let message = IncidentMessage(record, for: audience, people: people, in: channel)?.message
                else { continue }
                try await context.messages.show(
                    message, as: IncidentControls.key(of: record.id), in: channel,
                    urgency: record.incident?.value.urgency == .low ? .normal : .high)
            }
            let now = try await context.store.get(IncidentRecord.key(record.id), as: IncidentRecord.self)
            guard let now, now != record else { return }
            record = now
        }
    }

    /// Alerts and the level are looked up when the incident is new, and again when it went to somebody else.
    private func lookInto(
        _ record: IncidentRecord, _ incident: PagerDuty.Incident, _ event: PagerDuty.IncidentEvent
    ) async throws {
        guard record.background.map({ $0.assignees != incident.assignees.map(\.id) }) ?? true else { return }
        try await context.jobs.enqueue(LookIntoIncident(record.id, because: event.id))
    }
}
