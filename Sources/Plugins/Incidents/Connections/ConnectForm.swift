import PagerDutyKit
import PluginAPI

/// The form in which a channel is connected, or a connection changed.
struct ConnectForm: Sendable {
    static let id = "connect"
    static let title = "Connect a channel"

    /// The fields' ids, which errors are put at.
    enum Field {
        static let source = "source"
        static let channel = "channel"
        static let audience = "audience"
        static let events = "events"
        static let urgency = "urgency"
        static let priorities = "priorities"
    }

    static let anyUrgency = "any"
    /// What PagerDuty's Slack Integration API calls incidents without a priority.
    static let noPriority = "no_priority"

    var source: Connection.Source?
    /// `nil` where the form is to suggest the channel that it was opened from.
    var channel: String?
    var audience = IncidentRecord.Audience.responders
    var filter = ConnectionFilter()
    /// Empty where the account has none.
    var priorities: [PagerDuty.Priority] = []
    /// What could not be made of the command's words.
    var remarks: [Mrkdwn] = []

    init() {}

    init(_ connection: Connection) {
        source = connection.source
        channel = connection.channel.id
        audience = connection.audience
        filter = connection.filter
    }

    var view: View {
        .modal(Self.title, submit: "Connect", close: "Cancel", id: Self.id) {
            for remark in remarks { Block.section(.mrkdwn(remark)) }
            Block.input(
                "Service or team",
                .select(
                    .external(minQueryLength: 0, initial: source.map { [$0.option] } ?? []), action: Field.source,
                    placeholder: "Search services and teams"))
            Block.input(
                "Channel",
                .select(
                    .conversations(
                        ConversationFilter([.publicChannels, .privateChannels], excludesBots: true),
                        defaultToCurrent: channel == nil),
                    action: Field.channel, placeholder: "Choose a channel", initial: channel))
            Block.input(
                "Who is in the channel",
                .radioButtons(
                    action: Field.audience,
                    options: [
                        Option(
                            "Responders", value: IncidentRecord.Audience.responders.rawValue,
                            description: "All details, and buttons to act"),
                        Option(
                            "Stakeholders", value: IncidentRecord.Audience.stakeholders.rawValue,
                            description: "What is going on, without buttons"),
                    ], initial: audience.rawValue))
            Block.input(
                "Events to tell in the thread",
                .multiSelect(
                    .options(ConnectionWords.events.map { Option($0.name, value: $0.kind.rawValue) }),
                    action: Field.events, placeholder: "Only the message itself",
                    initial: filter.events.map(\.rawValue).filter {
                        $0 != PagerDuty.IncidentEvent.Kind.triggered.rawValue
                    }),
                hint: "The message itself is always kept up to date.", optional: true)
            Block.input(
                "Urgency",
                .select(
                    .options([
                        Option("Any urgency", value: Self.anyUrgency), Option("High only", value: "high"),
                        Option("Low only", value: "low"),
                    ]), action: Field.urgency, initial: filter.urgency?.rawValue ?? Self.anyUrgency))
            if !priorities.isEmpty {
                Block.input(
                    "Priorities",
                    .multiSelect(
                        .options(
                            [Option("Without a priority", value: Self.noPriority)]
                                + priorities.prefix(99).map { .choice($0.name, $0.id) }),
                        action: Field.priorities, placeholder: "Any priority, or none", initial: chosenPriorities),
                    hint: "Leave it empty for all incidents.", optional: true)
            }
        }
    }

    private var chosenPriorities: [String] {
        guard case .some(let ids, let orNone) = filter.priorities else { return [] }
        let known = Set(priorities.map(\.id))
        return (orNone ? [Self.noPriority] : []) + ids.filter(known.contains).map(\.value)
    }
}

extension Connection.Source {
    /// `service_reference/PABC123`
    var value: String { "\(kind.rawValue)/\(id)" }

    var option: Option { .choice(name, value: value) }

    /// The kind and the id in an option's value; the name has to be asked for.
    static func read(_ value: String) -> (kind: Kind, id: PagerDuty.ID)? {
        let parts = value.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), let id = PagerDuty.ID(String(parts[1]))
        else { return nil }
        return (kind, id)
    }
}
