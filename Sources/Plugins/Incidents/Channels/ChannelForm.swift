import PagerDutyKit
import PluginAPI

/// The form that gives an incident a channel of its own, and channels that are kept informed.
struct ChannelForm: Sendable {
    static let id = "channel"
    static let title = "Incident channels"

    enum Field {
        static let kind = "kind"
        static let name = "name"
        static let existing = "existing"
        static let archive = "archive"
        static let notified = "notified"
    }

    enum Kind: String {
        case newPublic = "public"
        case newPrivate = "private"
        case existing
        case noChannel = "none"
    }

    let incident: PagerDuty.Incident
    let channels: IncidentChannels
    let suggested: String

    static func filled(
        _ id: PagerDuty.ID, _ person: Person, _ context: Context<IncidentsPlugin>
    ) async throws -> ChannelForm {
        let incident = try await context.pagerDuty.acting(as: person).read(.incident(id))
        return ChannelForm(
            incident: incident, channels: try await IncidentChannelBook(context).channels(of: id),
            suggested: ChannelName(context.settings.channelName, for: incident).text)
    }

    var view: View {
        .modal(
            Self.title, submit: "Save", close: "Cancel", id: Self.id, privateMetadata: incident.id.value,
            blocks: dedicated + [notified])
    }

    private var dedicated: [Block] {
        if let place = channels.dedicated?.place {
            return [.section(.mrkdwn("People work on it in \(Mention.channel(place.id))."))]
        }
        return [
            .input(
                "Channel to work in",
                .radioButtons(
                    action: Field.kind,
                    options: [
                        Option("New public channel", value: Kind.newPublic.rawValue),
                        Option("New private channel", value: Kind.newPrivate.rawValue),
                        Option("A channel that exists", value: Kind.existing.rawValue),
                        Option("None", value: Kind.noChannel.rawValue),
                    ], initial: Kind.newPublic.rawValue),
                hint: "You and the people it is assigned to are invited, and the incident is pinned."),
            .input(
                "Name of the new channel", .textInput(action: Field.name, max: 80, initial: suggested), optional: true),
            .input(
                "Or the channel that exists",
                .select(
                    .conversations(ConversationFilter([.publicChannels, .privateChannels], excludesBots: true)),
                    action: Field.existing, placeholder: "Choose a channel"), optional: true),
            .input(
                "When it is resolved",
                .checkboxes(
                    action: Field.archive, options: [Option("Archive the new channel ten minutes later", value: "yes")]),
                optional: true),
        ]
    }

    private var notified: Block {
        .input(
            "Keep informed",
            .multiSelect(
                .conversations(ConversationFilter([.publicChannels, .privateChannels], excludesBots: true)),
                action: Field.notified, max: IncidentChannels.mostNotified, placeholder: "Up to three channels",
                initial: channels.notified.map(\.id)),
            hint: "The incident and its updates are shown there, too.", optional: true)
    }
}
