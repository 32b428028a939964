import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Tells an event beside the incident's message: in its thread, as a message of its own, or not at all. That an incident
/// was triggered is what the message itself says.
struct IncidentNews {
    private let context: Context<IncidentsPlugin>
    private let record: IncidentRecord
    private let event: PagerDuty.IncidentEvent

    init(_ context: Context<IncidentsPlugin>, _ record: IncidentRecord, _ event: PagerDuty.IncidentEvent) {
        self.context = context
        self.record = record
        self.event = event
    }

    /// - Parameters:
    ///   - following: whose filters decide.
    ///   - own: the incident's own channels, which hear of everything.
    ///   - except: channels whose message has just come and says it.
    func tell(
        _ following: [Connection], and own: Set<String>, except: Set<String>, _ cause: IncidentBoard.Cause
    ) async throws {
        guard case .event(_, let isPast, _) = cause, context.settings.updates != .silent,
            event.kind != .triggered
        else { return }
        // What an event says of the state is out of date where something later is known.
        if isPast, event.incident != nil { return }
        if record.isTwin(event) { return }
        let wanting = following.filter { $0.filter.tells(event.kind) && record.channels[$0.channel.id] != nil }
        let channels = Set(wanting.map(\.channel.id)).union(own).subtracting(except)
        let update = IncidentUpdate(event).message
        for channel in channels.sorted() {
            let key = "update/\(record.id)/\(event.id)"
            switch context.settings.updates {
            case .thread:
                let parent = IncidentControls.key(of: record.id)
                try await context.messages.show(update, as: key, in: channel, urgency: .low, under: parent)
            case .channel: try await context.messages.show(update, as: key, in: channel)
            case .silent: break
            }
        }
    }
}
