import PagerDutyKit
import PluginAPI

/// The form in which an incident is described.
struct TriggerForm: Sendable {
    static let id = "incident"
    static let title = "Trigger an incident"
    /// What PagerDuty takes for a title.
    static let longestTitle = 1024

    /// The fields' ids, which errors are put at.
    enum Field {
        static let service = "service"
        static let title = "title"
        static let description = "description"
        static let assignee = "assignee"
        static let priority = "priority"
        static let urgency = "urgency"
    }

    var service: PagerDuty.Service?
    var title = ""
    var description = ""
    var urgency: PagerDuty.Urgency
    /// Nobody: whoever is on call.
    var assignee: PagerDuty.User?
    /// Empty where the account has none.
    var priorities: [PagerDuty.Priority] = []
    var priority: PagerDuty.Priority?
    /// What could not be made of the command's words.
    var remarks: [Mrkdwn] = []

    init(urgency: PagerDuty.Urgency) {
        self.urgency = urgency
    }

    var view: View {
        .modal(Self.title, submit: "Trigger", close: "Cancel", id: Self.id) {
            for remark in remarks { Block.section(.mrkdwn(remark)) }
            Block.input(
                "Impacted Service",
                .select(
                    .external(minQueryLength: 0, initial: service.map { [.choice($0.name, $0.id)] } ?? []),
                    action: Field.service, placeholder: "Search services"))
            Block.input(
                "Title",
                .textInput(
                    action: Field.title, max: Self.longestTitle, initial: title.isEmpty ? nil : title,
                    placeholder: "What is wrong, in one line"))
            Block.input(
                "Description",
                .textInput(
                    action: Field.description, multiline: true, max: 3000,
                    initial: description.isEmpty ? nil : description),
                optional: true)
            Block.input(
                "Assign to",
                .select(
                    .external(minQueryLength: 0, initial: assignee.map { [.choice($0.name, $0.id)] } ?? []),
                    action: Field.assignee, placeholder: "Whoever is on call"),
                hint: "Leave it empty to follow the service's escalation policy.", optional: true)
            if !priorities.isEmpty {
                Block.input(
                    "Priority",
                    .select(
                        .options(priorities.prefix(100).map { .choice($0.name, $0.id) }),
                        action: Field.priority, placeholder: "None", initial: priority?.id.value),
                    optional: true)
            }
            Block.input(
                "Urgency",
                .radioButtons(
                    action: Field.urgency,
                    options: [
                        Option("High", value: "high", description: "Tells people at once"),
                        Option("Low", value: "low", description: "Can wait for working hours"),
                    ], initial: urgency.rawValue))
        }
    }
}
