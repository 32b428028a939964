import PagerDutyKit
import PluginAPI

/// Finds out who in Slack the people of an incident are.
struct PeopleFinder {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// Nobody is worth a message that does not come: where the host cannot say, names stand for people.
    func people(in record: IncidentRecord) async -> People {
        var mentioned = record.shown?.assignees ?? []
        if let change = record.change?.value { mentioned += change.assignees + [change.agent].compactMap(\.self) }
        let ids = Set(mentioned.map(\.id.value)).sorted()
        guard !ids.isEmpty, let found = try? await context.account(PagerDuty.provider).people(ids) else {
            return People()
        }
        return People(
            linked: Dictionary(found.compactMap { id, person in PagerDuty.ID(id).map { ($0, person) } }) { $1 })
    }
}
