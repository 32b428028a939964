import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// What a channel shows of an incident: at a glance what, how bad, who has it, since when.
///
/// A pure function of what is known, so that the same knowledge is always the same message.
struct IncidentMessage {
    let incident: PagerDuty.Incident
    let record: IncidentRecord
    let audience: IncidentRecord.Audience
    let people: People
    /// Where it is shown.
    let channel: String?

    /// - Returns: `nil` where the incident was never seen whole.
    init?(
        _ record: IncidentRecord, for audience: IncidentRecord.Audience, people: People = People(),
        in channel: String? = nil
    ) {
        guard let incident = record.shown else { return nil }
        self.incident = incident
        self.record = record
        self.audience = audience
        self.people = people
        self.channel = channel
    }

    var message: Message {
        var message = Message(headline) {
            Block.section(fields: facts.map { .mrkdwn($0.clipped(to: 2_000)) })
            if audience == .responders, let details = AlertText(record.background?.facts, incident).text {
                Block.section(.mrkdwn(details, verbatim: true))
            }
            if let update = record.statusUpdate {
                Block.section(.mrkdwn("📣 _\(update.value.oneLine.escaped(limit: 500))_", verbatim: true))
            }
            if let places { Block.context(.text(.mrkdwn(places, verbatim: true))) }
            if audience == .responders { IncidentControls.block(for: incident) }
            if let lastChange { Block.context(.text(.mrkdwn(lastChange, verbatim: true))) }
        }
        message.bar = look.color
        return message
    }

    private var look: StatusLook { StatusLook(incident) }

    /// Stands above the bar, and is what a notification says.
    private var headline: Mrkdwn {
        "\(look.sign) *\(look.word)* · \(IncidentName(incident).link(limit: 300))"
    }

    private var facts: [Mrkdwn] {
        var facts: [Mrkdwn] = []
        func fact(_ name: Mrkdwn, _ value: Mrkdwn?) {
            guard let value else { return }
            facts.append("*\(name)*\n\(value)")
        }
        if let target = incident.mergedInto {
            fact("Goes on in", target.markup)
        }
        fact("Service", incident.service.map { $0.markup })
        if audience == .responders, incident.status != .resolved { fact("Assigned to", assigned) }
        let urgency = incident.urgency.map { $0 == .high ? "🔺 High" : "🔹 Low" as Mrkdwn }
        if let priority = incident.priority {
            let name: Mrkdwn = "*\(priority.name.clipped)*"
            fact(urgency == nil ? "Priority" : "Urgency and priority", urgency.map { "\($0) · \(name)" } ?? name)
        } else {
            fact("Urgency", urgency)
        }
        fact("Since", incident.createdAt.map { Mention.date($0, fallback: PagerDutyTime.format($0)) })
        // The one that every account starts with says nothing.
        if let type = incident.type, type != "incident_default" { fact("Type", "\(type.clipped)") }
        return Array(facts.prefix(10))
    }

    private var assigned: Mrkdwn {
        guard !incident.assignees.isEmpty else { return "_nobody_" }
        var text = people.names(of: incident.assignees)
        if let level = record.background?.level { text += " · level \(level)" }
        return text
    }

    /// Where people meet; from outside, so that the addresses themselves are what is shown.
    private var places: Mrkdwn? {
        var places: [Mrkdwn] = []
        if audience == .responders, let own = record.dedicated, own != channel {
            places.append("💬 Worked on in \(Mention.channel(own))")
        }
        if audience == .responders, let runbook = record.background?.facts?.runbook {
            places.append("📖 Runbook \(Mention.link(runbook.address))")
        }
        if let link = incident.conferenceLink { places.append("🎧 Conference \(Mention.link(link.address))") }
        if let number = incident.conferenceNumber { places.append("📞 \(number.oneLine.escaped(limit: 100))") }
        return places.isEmpty ? nil : places.joined(separator: "   ")
    }

    private var lastChange: Mrkdwn? {
        guard let change = record.change else { return nil }
        let when = Mention.date(change.at, format: "{time}", fallback: PagerDutyTime.format(change.at))
        return "\(ChangeWords(change.value, people: people).sentence) · \(when)"
    }
}
