import PagerDutyKit
import PluginAPI

/// Who in Slack somebody in PagerDuty is, as far as they have linked their accounts.
struct People: Hashable, Sendable {
    /// Ids in Slack by ids in PagerDuty.
    var linked: [PagerDuty.ID: String] = [:]

    /// A mention where the person is linked, which names them without notifying them as long as it stands beside a bar;
    /// else the name they have in PagerDuty.
    func name(of person: PagerDuty.Reference) -> Mrkdwn {
        linked[person.id].map { Mention.user($0) } ?? person.name.clipped.escaped(limit: 300)
    }

    /// The names, and how many more there are.
    func names(of people: [PagerDuty.Reference], most: Int = 5) -> Mrkdwn {
        let named = people.prefix(most).map { name(of: $0) }.joined(separator: ", ")
        return people.count > most ? "\(named) and \(people.count - most) more" : named
    }
}
