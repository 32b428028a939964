import Foundation

/// Something that happened to an incident, as webhooks tell of it.
struct PDEvent: Sendable {
    /// What an event is about besides the incident.
    enum Subject: Sendable {
        case incident
        case note(PDIncident.Note)
        case statusUpdate(PDIncident.StatusUpdate)
        case responder(PDIncident.Responder)
        case workflow(PDWorkflowInstance)
    }
    var id: String
    var type: String
    var occurredAt: Date
    var agent: PDAgent
    /// The incident as it was then.
    var incident: PDIncident
    var subject: Subject
}

extension PDAccount {
    /// Keeps an event for the webhooks; without a subscription nobody would ever read it.
    mutating func emit(_ type: String, _ id: String, by hand: Hand, subject: PDEvent.Subject = .incident) {
        guard recordsEvents, !subscriptions.isEmpty, outbox.count < 10_000, var incident = incident(id) else { return }
        incident.log = []
        outbox.append(
            PDEvent(
                id: random.id("01", length: 24), type: type, occurredAt: hand.date, agent: hand.agent,
                incident: incident, subject: subject))
    }
}
