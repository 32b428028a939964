import PagerDutyKit
import PluginAPI

/// The form for a new subscription, or for one that is changed.
struct SubscriptionForm {
    static let id = "subscription"
    static let title = "Insights"

    enum Field {
        static let teams = "teams"
        static let services = "services"
        static let reports = "reports"
        static let frequency = "frequency"
        static let day = "day"
        static let time = "time"
        static let zone = "zone"
        static let channel = "channel"
        static let preview = "preview"
    }

    /// The person's zone, where Slack tells it.
    let zone: String?
    /// What is changed; `nil` for a new one.
    var present: Subscription?

    private var rhythm: Rhythm? { present?.rhythm }

    var view: View {
        .modal(
            Self.title, submit: present == nil ? "Confirm" : "Save", close: "Cancel", id: Self.id,
            privateMetadata: present?.id
        ) {
            Block.section("Get reports on your teams' or services' incidents.")
            subjects("Which teams need to be included?", Field.teams, present?.teams, "Search teams")
            subjects("Or which services?", Field.services, present?.services, "Search services")
            Block.input(
                "What do you want to know?",
                .checkboxes(
                    action: Field.reports, options: Report.View.allCases.map { Option($0.name, value: $0.rawValue) },
                    initial: (present?.views ?? Report.View.allCases).map(\.rawValue)))
            Block.input(
                "How often do you need to be updated?",
                .select(
                    .options(Rhythm.Frequency.allCases.map { Option($0.name, value: $0.rawValue) }),
                    action: Field.frequency, initial: (rhythm?.frequency ?? .weekly).rawValue))
            Block.input(
                "When do you need the report delivered?",
                .select(
                    .options(Rhythm.Day.allCases.map { Option($0.name, value: "\($0.rawValue)") }),
                    action: Field.day, initial: "\((rhythm?.day ?? .monday).rawValue)"),
                hint: "A monthly report comes on the first such day of the month, a daily one every day.")
            Block.input(
                "Time",
                .timePicker(
                    action: Field.time, initial: rhythm.map { Subscription.clock($0.hour, $0.minute) } ?? "09:00"))
            Block.input(
                "Time zone",
                .select(
                    .external(minQueryLength: 0, initial: TimeZoneMenu.initial(rhythm?.zone ?? zone)),
                    action: Field.zone, placeholder: "Search time zones"))
            Block.input(
                "Where?",
                .select(
                    .conversations(ConversationFilter([.publicChannels, .privateChannels], excludesShared: true)),
                    action: Field.channel, placeholder: "Our direct message", initial: present?.channel),
                hint: "A channel that I am in, or nothing for our direct message.", optional: true)
            Block.actions(.button("Send me a preview", action: Field.preview))
        }
    }

    private func subjects(
        _ label: String, _ field: String, _ chosen: [Subscription.Subject]?, _ placeholder: String
    ) -> Block {
        .input(
            label,
            .multiSelect(
                .external(minQueryLength: 0, initial: (chosen ?? []).map { .choice($0.name, $0.id) }),
                action: field, max: Subscription.mostSubjects, placeholder: placeholder),
            hint: "Up to \(Subscription.mostSubjects).", optional: true)
    }
}
