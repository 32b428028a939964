import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Everything about an incident that the message has no room for: what was reported, what people wrote, what happened.
struct IncidentDetails: Sendable {
    static let title = "Incident"
    /// How much of each is shown; the rest is behind the link.
    static let mostAlerts = 5
    static let mostNotes = 8
    static let mostEntries = 12

    private let incident: PagerDuty.Incident
    private let alerts: [PagerDuty.Alert]
    private let notes: [PagerDuty.Note]
    private let log: [PagerDuty.LogEntry]

    /// Reads it as the person, who sees what PagerDuty lets them see.
    static func read(
        _ id: PagerDuty.ID, _ person: Person, _ context: Context<IncidentsPlugin>
    ) async throws -> IncidentDetails {
        let pagerDuty = context.pagerDuty.acting(as: person)
        async let alerts = pagerDuty.read(
            PagerDutyList<PagerDuty.Alert>.alerts(of: id).page(limit: mostAlerts)
        ).elements
        async let notes = pagerDuty.read(.notes(of: id))
        async let log = pagerDuty.read(
            PagerDutyList<PagerDuty.LogEntry>.logEntries(of: id).page(limit: 50)
        ).elements
        return IncidentDetails(
            incident: try await pagerDuty.read(.incident(id)), alerts: try await alerts, notes: try await notes,
            log: try await log)
    }

    var view: View {
        .modal(Self.title, close: "Close") {
            Block.section(.mrkdwn("*\(IncidentName(incident).link(limit: 1000))*"))
            Block.section(fields: facts)
            if let details = incident.details?.oneLine, !details.isEmpty {
                Block.section(.mrkdwn(details.escaped(limit: 2000)))
            }
            if !alerts.isEmpty {
                Block.header("Alerts")
                for alert in alerts.prefix(Self.mostAlerts) { Block.section(.mrkdwn(line(alert))) }
            }
            if !notes.isEmpty {
                Block.header("Notes")
                for note in newestNotes { Block.section(.mrkdwn(line(note))) }
            }
            if !log.isEmpty {
                Block.header("What happened")
                Block.section(.mrkdwn(history))
            }
        }
    }

    private var facts: [TextObject] {
        let look = StatusLook(incident)
        var facts: [Mrkdwn] = ["*Status*\n\(look.sign) \(look.word)"]
        if let urgency = incident.urgency { facts.append("*Urgency*\n\(urgency == .low ? "Low" : "High")") }
        if let service = incident.service { facts.append("*Service*\n\(service.markup)") }
        if let priority = incident.priority { facts.append("*Priority*\n\(priority.name.clipped)") }
        if !incident.assignees.isEmpty {
            facts.append("*Assigned to*\n\(incident.assignees.prefix(10).map(\.markup).joined(separator: ", "))")
        }
        if let policy = incident.escalationPolicy { facts.append("*Escalation policy*\n\(policy.markup)") }
        if let at = incident.createdAt { facts.append("*Since*\n\(Self.moment(at))") }
        return facts.map { .mrkdwn($0) }
    }

    private var newestNotes: [PagerDuty.Note] {
        Array(notes.sorted { ($0.createdAt ?? .distantPast) > ($1.createdAt ?? .distantPast) }.prefix(Self.mostNotes))
    }

    private func line(_ alert: PagerDuty.Alert) -> Mrkdwn {
        let facts = AlertFacts(alert)
        return AlertText(facts, incident).text ?? (facts.summary ?? "An alert").oneLine.escaped(limit: 300)
    }

    private func line(_ note: PagerDuty.Note) -> Mrkdwn {
        let by = note.author?.name.clipped ?? "Somebody"
        let at = note.createdAt.map { Self.moment($0) } ?? ""
        return "*\(by)* \(at)\n\(note.content.escaped(limit: 1000))"
    }

    private var history: Mrkdwn {
        log.filter(\.isChange).prefix(Self.mostEntries).map { entry in
            let at = entry.createdAt.map { Self.moment($0) } ?? ""
            return "\(at) \((entry.summary ?? "Changed").oneLine.escaped(limit: 150))"
        }.joined(separator: "\n")
    }

    private static func moment(_ date: Date) -> Mrkdwn {
        Mention.date(date, fallback: PagerDutyTime.format(date))
    }
}
