import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// The channels that were made or chosen for one incident, beside those that follow its service.
struct IncidentChannels: Codable, Hashable, Sendable {
    let incident: PagerDuty.ID
    /// Where people work on the incident.
    var dedicated: Dedicated?
    /// Where others are kept informed.
    var notified: [Connection.Place] = []

    /// As many as PagerDuty takes.
    static let mostNotified = 3

    struct Dedicated: Codable, Hashable, Sendable {
        var place: Connection.Place
        /// It was made for the incident: only such a one is archived.
        var isMade: Bool
        /// Whether it is archived after the incident is resolved.
        var isArchived: Bool
    }

    var ids: Set<String> { Set(notified.map(\.id) + [dedicated?.place.id].compactMap(\.self)) }
}

/// The incidents' own channels in a workspace.
struct IncidentChannelBook: Sendable {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// None where nobody has made or chosen any.
    func channels(of incident: PagerDuty.ID) async throws -> IncidentChannels {
        try await context.store.get(Self.key(incident)) ?? IncidentChannels(incident: incident)
    }

    /// The incident whose dedicated channel this is.
    func incident(of channel: String) async throws -> PagerDuty.ID? {
        try await context.store.get(Self.key(channel: channel))
    }

    /// Makes a channel the incident's dedicated one.
    func dedicate(_ dedicated: IncidentChannels.Dedicated, to incident: PagerDuty.ID) async throws {
        try await change(incident) { $0.dedicated = dedicated }
        try await context.store.put(incident, at: Self.key(channel: dedicated.place.id), expires: expiry)
    }

    /// The channel stays, and has nothing to do with the incident any more.
    func release(_ dedicated: IncidentChannels.Dedicated, from incident: PagerDuty.ID) async throws {
        try await change(incident) { $0.dedicated = nil }
        try await context.store.delete(Self.key(channel: dedicated.place.id))
    }

    func notify(_ places: [Connection.Place], of incident: PagerDuty.ID) async throws {
        try await change(incident) { $0.notified = Array(places.prefix(IncidentChannels.mostNotified)) }
    }

    private func change(
        _ incident: PagerDuty.ID, _ change: @escaping @Sendable (inout IncidentChannels) -> Void
    ) async throws {
        _ = try await context.store.update(Self.key(incident), as: IncidentChannels.self, expires: expiry) { present in
            var channels = present ?? IncidentChannels(incident: incident)
            change(&channels)
            return channels
        }
    }

    private var expiry: Date { context.now.addingTimeInterval(IncidentRecord.lifetime) }

    private static func key(_ incident: PagerDuty.ID) -> String { "channels/\(incident)" }
    private static func key(channel: String) -> String { "dedicated/\(channel)" }
}
