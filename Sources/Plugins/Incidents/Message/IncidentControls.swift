import PagerDutyKit
import PluginAPI

/// The buttons of an incident's message, and the names by which `Actions/` knows them.
///
/// A control carries the incident's id and nothing else that matters: which incident a click is about is decided by the
/// message it was made on (``IncidentControls/key(of:)``), and has to agree.
enum IncidentControls {
    static let acknowledge = "ack"
    static let resolve = "resolve"
    static let more = "more"

    /// An entry of the menu "More actions…"; its raw value is the first part of the option's value.
    enum Entry: String, CaseIterable {
        case details, note, escalate, play, reassign, snooze, priority, responders, status, channel, reopen

        var label: String {
            switch self {
            case .details: "View Details"
            case .note: "Add a Note"
            case .escalate: "Escalate"
            case .play: "Run a Play"
            case .reassign: "Reassign"
            case .snooze: "Snooze"
            case .priority: "Change Priority"
            case .responders: "Add Responders"
            case .status: "Status Update"
            case .channel: "Channels…"
            case .reopen: "Reopen"
            }
        }

        /// `note/PABC123`
        func value(for incident: PagerDuty.ID) -> String { "\(rawValue)/\(incident)" }

        /// The entry and the incident of an option's value; `nil` where it is none of ours.
        static func read(_ value: String) -> (entry: Entry, incident: PagerDuty.ID)? {
            let parts = value.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let entry = Entry(rawValue: String(parts[0])),
                let incident = PagerDuty.ID(String(parts[1]))
            else { return nil }
            return (entry, incident)
        }
    }

    /// The key under which a channel shows an incident.
    static func key(of incident: PagerDuty.ID) -> String { "incident/\(incident)" }

    /// The incident that a message with this key shows; `nil` for the key of any other message.
    static func incident(ofKey key: String) -> PagerDuty.ID? {
        guard key.utf8.starts(with: "incident/".utf8) else { return nil }
        return PagerDuty.ID(String(key.dropFirst("incident/".utf8.count)))
    }

    /// The controls that make sense as the incident stands.
    static func block(for incident: PagerDuty.Incident) -> Block {
        var elements: [Element] = []
        let id = incident.id.value
        if incident.status == .triggered {
            elements.append(.button("Acknowledge", action: acknowledge, value: id, style: .primary))
        }
        if incident.status == .triggered || incident.status == .acknowledged {
            elements.append(.button("Resolve", action: resolve, value: id))
        }
        let options = entries(for: incident).map { Option($0.label, value: $0.value(for: incident.id)) }
        elements.append(.select(.options(options), action: more, placeholder: "More actions…"))
        // Slack goes on showing what was last chosen in a menu for as long as its block has the same id.
        return .actions(elements, id: "controls/\(incident.status?.rawValue ?? "open")")
    }

    /// What the menu offers: PagerDuty escalates no incident of low urgency, snoozes acknowledged ones only, and a merged
    /// one goes on elsewhere.
    static func entries(for incident: PagerDuty.Incident) -> [Entry] {
        if incident.mergedInto != nil { return [.details] }
        switch incident.status {
        case .resolved: return [.details, .note, .status, .reopen]
        default:
            var entries: [Entry] = [.details, .note]
            if incident.urgency != .low { entries.append(.escalate) }
            entries += [.play, .reassign]
            if incident.status == .acknowledged { entries.append(.snooze) }
            return entries + [.priority, .responders, .status, .channel]
        }
    }
}
