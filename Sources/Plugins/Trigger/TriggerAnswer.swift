import PagerDutyKit
import PluginAPI

/// What the person reads when the incident is there.
struct TriggerAnswer {
    let incident: PagerDuty.Incident

    var message: Message {
        Message("Triggered \(name): \(incident.title)") {
            Block.section(.mrkdwn("*Triggered \(link)*\n\(incident.title.escaped(limit: 2000))"))
            Block.context(["\(facts)"])
        }
    }

    private var name: String { incident.number.map { "incident #\($0)" } ?? "incident \(incident.id)" }

    private var link: Mrkdwn {
        incident.link.map { Mention.link($0.address, name) } ?? name.escaped()
    }

    private var facts: Mrkdwn {
        var facts: [Mrkdwn] = []
        if let service = incident.service { facts.append("Service: *\(service.name)*") }
        if let urgency = incident.urgency { facts.append("Urgency: \(urgency.name)") }
        if let priority = incident.priority { facts.append("Priority: \(priority.name)") }
        if !incident.assignees.isEmpty {
            facts.append("Assigned to \(incident.assignees.prefix(10).map(\.name).joined(separator: ", "))")
        }
        return facts.isEmpty ? "In PagerDuty" : facts.joined(separator: " · ")
    }
}
