import PagerDutyKit
import PluginAPI

/// Finds out who in Slack the people of an incident are.
struct PeopleFinder {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    func people(in record: IncidentRecord) async -> People {
        People()
    }
}
