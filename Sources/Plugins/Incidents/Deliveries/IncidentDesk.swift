import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Takes in what happened to incidents, and makes every channel that follows them show it.
struct IncidentDesk: Sendable {
    /// PagerDuty tries to deliver an event for two days. What is older is no delivery but a replay.
    static let oldest: TimeInterval = 3 * 86_400
    /// So fresh an event tells how its incident is; an older one, of an incident that nobody here knows, may not.
    static let fresh: TimeInterval = 300

    let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// Takes in an event. To take in the same one again, or one that is out of date, changes nothing.
    func take(_ event: PagerDuty.IncidentEvent) async throws {
        let key = IncidentRecord.key(event.about.id)
        let known = try await context.store.get(key, as: IncidentRecord.self)
        let age = context.now.timeIntervalSince(event.occurredAt)
        if known == nil {
            guard age < Self.oldest else {
                return context.log.info("An event is too old to be a delivery", ["event": event.id])
            }
            // What no channel follows is not remembered.
            if let whole = event.incident, try await Connections(context).following(whole).isEmpty { return }
        }
        var record = try await change(event.about.id) { $0.take(event) }
        if isInDoubt(known, event, age: age) {
            record = try await look(at: record, orPaint: event)
        }
        let isPast = known?.isPast(event) ?? false
        try await IncidentBoard(context).show(record, because: .event(event, isPast: isPast, isNew: known == nil))
    }

    /// Changes what is known of an incident, safely against others who learn of it at the same time.
    func change(
        _ id: PagerDuty.ID, _ change: @escaping @Sendable (inout IncidentRecord) -> Void
    ) async throws -> IncidentRecord {
        try await context.store.update(
            IncidentRecord.key(id), as: IncidentRecord.self,
            expires: context.now.addingTimeInterval(IncidentRecord.lifetime)
        ) { present in
            var record = present ?? IncidentRecord(id: id)
            change(&record)
            return record
        }
    }

    private func isInDoubt(_ known: IncidentRecord?, _ event: PagerDuty.IncidentEvent, age: TimeInterval) -> Bool {
        if event.isAbridged { return true }
        guard let known else { return event.kind != .triggered || event.incident == nil || age > Self.fresh }
        return known.incident == nil && event.incident == nil
    }

    /// Asks PagerDuty how the incident is. Where it does not answer, what is known is shown, and it is asked again later.
    private func look(at record: IncidentRecord, orPaint event: PagerDuty.IncidentEvent) async throws -> IncidentRecord
    {
        do {
            return try await look(at: record)
        } catch let error as PagerDutyError where error.reason == .notFound {
            return record
        } catch is PagerDutyError {
            try await context.jobs.enqueue(LookIntoIncident(record.id, because: event.id), after: .seconds(15))
            return record
        }
    }

    /// Asks PagerDuty how an incident is, and shows that wherever the incident is shown.
    func refresh(_ id: PagerDuty.ID) async throws {
        guard let known = try await context.store.get(IncidentRecord.key(id), as: IncidentRecord.self) else { return }
        try await IncidentBoard(context).show(try await look(at: known), because: .look)
    }

    /// Asks PagerDuty how the incident is.
    func look(at record: IncidentRecord) async throws -> IncidentRecord {
        let base = record.incident?.at
        let answer = try await context.pagerDuty.read(.incident(record.id))
        return try await change(record.id) { $0.take(answer: answer, base: base) }
    }
}
