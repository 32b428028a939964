import PagerDutyKit
import PluginAPI

/// Archives an incident's channel some time after it was resolved, unless it was opened again meanwhile.
struct ArchiveChannel: Job {
    static let kind = "incidents.archive-channel"
    /// Time to say goodbye, and to go back.
    static let pause = Duration.seconds(600)

    var incident: PagerDuty.ID
    /// What gave the reason: one job for each.
    var reason: String

    var uniqueKey: String? { "archive/\(incident)/\(reason)" }

    func run(_ context: Context<IncidentsPlugin>) async throws {
        let book = IncidentChannelBook(context)
        let record = try await context.store.get(IncidentRecord.key(incident), as: IncidentRecord.self)
        guard let dedicated = try await book.channels(of: incident).dedicated, dedicated.isArchived,
            record?.shown?.status == .resolved
        else { return }
        do {
            _ = try await context.slack.call("conversations.archive", ["channel": .string(dedicated.place.id)])
        } catch let error as SlackError {
            guard ["already_archived", "channel_not_found"].contains(error.code) else {
                guard error.retryAfter == nil, !["unreachable", "timeout"].contains(error.code) else { throw error }
                throw Abandon("the incident's channel cannot be archived: \(error.code)")
            }
        }
        try await book.release(dedicated, from: incident)
        try await DedicatedChannel(context).hide(incident, in: [dedicated.place.id])
    }
}
