import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Asks PagerDuty every minute what happened, and takes in what no webhook told: one that was too large or lost, a
/// subscription that was switched off, a host without a public address.
struct Reconciliation {
    static let key = "reconciled"
    /// PagerDuty's log may be a little behind, and its clock another one than ours.
    static let overlap: TimeInterval = 150
    /// After a long stop no more than this is caught up with.
    static let furthest: TimeInterval = 86_400
    static let mostEntries = 2_000
    static let mostIncidents = 200

    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// Until when everything was seen.
    struct Mark: Codable, Sendable {
        var until: Date
    }

    func run() async throws {
        let now = context.now
        guard try await !Connections(context).all().isEmpty else { return try await mark(now) }
        let last = try await context.store.get(Self.key, as: Mark.self)?.until ?? now
        let since = max(last.addingTimeInterval(-Self.overlap), now.addingTimeInterval(-Self.furthest))
        let page: Page<PagerDuty.LogEntry>
        do {
            let list = PagerDutyList.logEntries(during: since..<now.addingTimeInterval(60))
            page = try await context.pagerDuty.read(list, limit: Self.mostEntries)
        } catch let error as PagerDutyError {
            // Asked again in a minute, for the same time and what came after it.
            return context.log.error("PagerDuty cannot be asked what happened: \(error)", [:])
        } catch is AccountError {
            return  // connected to no account
        }
        var byIncident: [PagerDuty.ID: [PagerDuty.LogEntry]] = [:]
        for entry in page.elements where entry.isChange {
            if let incident = entry.incident?.id { byIncident[incident, default: []].append(entry) }
        }
        for (incident, entries) in byIncident.sorted(by: { $0.key.value < $1.key.value }).prefix(Self.mostIncidents) {
            try await catchUp(incident, with: entries.sorted { ($0.createdAt ?? now) < ($1.createdAt ?? now) })
        }
        try await mark(now)
    }

    private func mark(_ now: Date) async throws {
        try await context.store.put(Mark(until: now), at: Self.key)
    }

    private func catchUp(_ id: PagerDuty.ID, with entries: [PagerDuty.LogEntry]) async throws {
        let known = try await context.store.get(IncidentRecord.key(id), as: IncidentRecord.self)
        // What is taken in so far, as if each were: of two notes in one second, each is looked for by itself.
        var taken = known ?? IncidentRecord(id: id)
        let missed = entries.filter { entry in
            guard known != nil else { return true }
            guard let event = entry.event else {
                return entry.createdAt.map { $0 > known?.incident?.at ?? .distantPast } ?? false
            }
            defer { taken.take(event) }
            return !taken.isDone(with: event)
        }
        guard !missed.isEmpty else { return }
        if known == nil {
            guard let entry = missed.first, try await isFollowed(entry) else { return }
        }
        let desk = IncidentDesk(context)
        let events = missed.compactMap(\.event)
        let all = entries.compactMap(\.event)
        var record = try await desk.change(id) { record in
            for event in all { record.take(event) }
        }
        do {
            record = try await desk.look(at: record)
        } catch let error as PagerDutyError {
            return context.log.error("An incident cannot be caught up with: \(error)", ["incident": id.value])
        }
        let board = IncidentBoard(context)
        guard !events.isEmpty else { return try await board.show(record, because: .look) }
        for event in events {
            try await board.show(record, because: .event(event, isPast: false, isNew: known == nil))
            record = try await context.store.get(IncidentRecord.key(id), as: IncidentRecord.self) ?? record
        }
    }

    private func isFollowed(_ entry: PagerDuty.LogEntry) async throws -> Bool {
        var incident = PagerDuty.Incident(id: entry.id, title: "")
        incident.service = entry.service
        incident.teams = entry.teams
        return try await !Connections(context).following(incident).isEmpty
    }
}
