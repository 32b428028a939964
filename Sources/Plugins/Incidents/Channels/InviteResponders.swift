import PagerDutyKit
import PluginAPI

/// Brings whoever comes to an incident into its own channel, as far as they are known here.
struct InviteResponders: Job {
    static let kind = "incidents.invite-responders"

    var incident: PagerDuty.ID
    /// PagerDuty's ids of them.
    var people: [PagerDuty.ID]
    /// What gave the reason: one job for each.
    var reason: String

    var uniqueKey: String? { "invite/\(incident)/\(reason)" }

    /// - Returns: `nil` where an event brings nobody.
    init?(_ event: PagerDuty.IncidentEvent) {
        let people: [PagerDuty.ID] =
            switch event.subject {
            case .responder(let person?, _, let state, _): state == "declined" ? [] : [person.id]
            case .role(_, let person?): [person.id]
            default: event.incident?.assignees.map(\.id) ?? []
            }
        guard !people.isEmpty else { return nil }
        incident = event.about.id
        self.people = Array(people.prefix(50))
        reason = event.id
    }

    func run(_ context: Context<IncidentsPlugin>) async throws {
        guard let place = try await IncidentChannelBook(context).channels(of: incident).dedicated?.place else { return }
        do {
            try await DedicatedChannel(context).invite(people, to: place)
        } catch let error as SlackError {
            guard error.retryAfter == nil, !["unreachable", "timeout"].contains(error.code) else { throw error }
            throw Abandon("people cannot be invited into the incident's channel: \(error.code)")
        }
    }
}
