import PagerDutyKit
import PluginAPI

/// Pins the incident's message in its dedicated channel, as soon as it is there.
struct PinIncident: Job {
    static let kind = "incidents.pin"

    var incident: PagerDuty.ID
    var channel: String

    var uniqueKey: String? { "pin/\(incident)/\(channel)" }

    func run(_ context: Context<IncidentsPlugin>) async throws {
        let key = IncidentControls.key(of: incident)
        guard let place = try await context.messages.shown(as: key, in: channel) else { throw NotYet() }
        do {
            _ = try await context.slack.call(
                "pins.add", ["channel": .string(place.channel), "timestamp": .string(place.ts)])
        } catch let error as SlackError {
            switch error.code {
            case "already_pinned": return
            case "not_in_channel", "channel_not_found", "message_not_found", "is_archived", "missing_scope":
                throw Abandon("the incident cannot be pinned: \(error.code)")
            default: throw error
            }
        }
    }

    /// The painter is not there yet: the job is tried again, with growing pauses.
    private struct NotYet: Error {}
}
