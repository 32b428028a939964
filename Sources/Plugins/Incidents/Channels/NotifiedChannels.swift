import PagerDutyKit
import PluginAPI

/// The channels that are kept informed of an incident, at most three.
struct NotifiedChannels: Sendable {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// Makes sure that the app can post in channels.
    /// - Returns: Those where it can, and a sentence for each of the others.
    func enter(_ ids: [String]) async throws -> (places: [Connection.Place], problems: [String]) {
        var (places, problems): ([Connection.Place], [String]) = ([], [])
        for id in ids {
            switch try await ChannelAccess(context).enter(id) {
            case .success(let place): if !places.contains(place) { places.append(place) }
            case .failure(let refusal): problems.append(refusal.sentence)
            }
        }
        return (places, problems)
    }

    /// These and no others.
    /// - Returns: Whether that changes anything.
    func set(_ places: [Connection.Place], for incident: PagerDuty.Incident) async throws -> Bool {
        let book = IncidentChannelBook(context)
        let before = try await book.channels(of: incident.id).notified
        guard before != places else { return false }
        try await book.notify(places, of: incident.id)
        let channel = DedicatedChannel(context)
        try await channel.hide(incident.id, in: Set(before.map(\.id)).subtracting(places.map(\.id)))
        if !places.isEmpty { try await channel.show(incident, in: places.map(\.id)) }
        return true
    }
}
