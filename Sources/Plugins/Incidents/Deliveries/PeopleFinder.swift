import PagerDutyKit
import PluginAPI

/// Finds out who in Slack the people of an incident are.
struct PeopleFinder {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// Nobody is worth a message that does not come: where the host cannot say, names stand for people.
    func people(in record: IncidentRecord, _ event: PagerDuty.IncidentEvent? = nil) async -> People {
        var mentioned = record.shown?.assignees ?? []
        if let change = record.change?.value { mentioned += change.assignees + [change.agent].compactMap(\.self) }
        if let event {
            mentioned += [event.agent].compactMap(\.self)
            switch event.subject {
            case .responder(let person, _, _, _), .role(_, let person): mentioned += [person].compactMap(\.self)
            default: break
            }
        }
        let ids = Set(mentioned.map(\.id.value)).sorted()
        guard !ids.isEmpty, let found = try? await context.account(PagerDuty.provider).people(ids) else {
            return People()
        }
        return People(
            linked: Dictionary(found.compactMap { id, person in PagerDuty.ID(id).map { ($0, person) } }) { $1 })
    }
}
