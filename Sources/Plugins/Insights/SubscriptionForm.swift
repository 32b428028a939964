import PluginAPI

/// The form for a new subscription.
struct SubscriptionForm {
    static let id = "subscription"
    static let title = "Insights"

    enum Field {
        static let teams = "teams"
        static let frequency = "frequency"
        static let day = "day"
        static let time = "time"
        static let zone = "zone"
    }

    /// The person's zone, where Slack tells it.
    let zone: String?

    var view: View {
        .modal(Self.title, submit: "Confirm", close: "Cancel", id: Self.id) {
            Block.section("Get a report on your teams' incidents as a direct message.")
            Block.input(
                "Which teams need to be included?",
                .multiSelect(
                    .external(minQueryLength: 0), action: Field.teams, max: Subscription.mostTeams,
                    placeholder: "Search teams"),
                hint: "Up to \(Subscription.mostTeams).")
            Block.input(
                "How often do you need to be updated?",
                .select(
                    .options(Rhythm.Frequency.allCases.map { Option($0.name, value: $0.rawValue) }),
                    action: Field.frequency, initial: Rhythm.Frequency.weekly.rawValue))
            Block.input(
                "When do you need the report delivered?",
                .select(
                    .options(Rhythm.Day.allCases.map { Option($0.name, value: "\($0.rawValue)") }),
                    action: Field.day, initial: "1"),
                hint: "A monthly report comes on the first such day of the month.")
            Block.input("Time", .timePicker(action: Field.time, initial: "09:00"))
            Block.input(
                "Time zone",
                .select(
                    .external(minQueryLength: 0, initial: TimeZoneMenu.initial(zone)),
                    action: Field.zone, placeholder: "Search time zones"))
        }
    }
}
