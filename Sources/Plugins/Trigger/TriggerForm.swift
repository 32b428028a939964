import PagerDutyKit
import PluginAPI

/// The form in which an incident is described.
struct TriggerForm {
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
    /// Empty where the account has none.
    var priorities: [PagerDuty.Priority] = []
    var priority: PagerDuty.Priority?
    /// What could not be made of the command's words.
    var remarks: [Mrkdwn] = []

    init(urgency: PagerDuty.Urgency) {
        self.urgency = urgency
    }

    /// Chooses the service that was named in the command, if it is clear which one that is.
    mutating func look(for name: String?, in pagerDuty: PagerDuty) async throws {
        guard let name, !name.isEmpty else { return }
        switch try await ServiceSearch(read: { try await pagerDuty.read($0) }).named(name) {
        case .one(let service) where service.takesIncidents: self.service = service
        case .one(let service): remarks.append("*\(service.name)* is disabled and takes no incidents.")
        case .several(let services):
            let names = services.prefix(5).map { "*\($0.name)*" as Mrkdwn }.joined(separator: ", ")
            remarks.append("“\(Self.quote(name))” could be \(names): choose one.")
        case .none: remarks.append("No service is called “\(Self.quote(name))”: choose one.")
        }
    }

    /// Offers the account's priorities. An account without them, or one whose plan has none, gets a form without the
    /// field: a missing priority must not stand in the way of an incident.
    mutating func offerPriorities(choosing name: String?, from pagerDuty: PagerDuty) async {
        let page = try? await pagerDuty.read(.priorities, limit: 100)
        priorities = page?.elements ?? []
        guard let name, !name.isEmpty else { return }
        if case .one(let priority) = NameMatch.find(name, among: priorities, by: \.name) {
            self.priority = priority
        } else {
            remarks.append("There is no priority “\(Self.quote(name))”.")
        }
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
                    .external(minQueryLength: 0), action: Field.assignee,
                    placeholder: "Whoever is on call"),
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

    /// What was typed, short enough to repeat.
    private static func quote(_ text: String) -> Mrkdwn { text.escaped(limit: 80) }
}
