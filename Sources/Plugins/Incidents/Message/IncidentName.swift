import PagerDutyKit
import PluginAPI

/// What an incident is called: its number and its title.
struct IncidentName {
    private let number: Int?
    private let id: PagerDuty.ID
    private let title: String
    private let address: String?

    init(_ incident: PagerDuty.Incident) {
        number = incident.number
        id = incident.id
        title = incident.title
        address = incident.link?.address
    }

    /// `#1234`, or the id where PagerDuty did not tell the number.
    var short: String { number.map { "#\($0)" } ?? id.value }

    /// Number and title, linked to the incident's page.
    /// - Parameter limit: the most UTF-16 units of the title.
    func link(limit: Int) -> Mrkdwn {
        let label = "\(short) \(title.oneLine.clipped(to: limit))"
        return address.map { Mention.link($0, label) } ?? label.escaped()
    }
}
