import Foundation

/// Something that webhooks tell of.
struct PDEvent: Sendable {
    /// What an event is about besides the incident.
    enum Subject: Sendable {
        case incident
        case note(PDIncident.Note)
        case statusUpdate(PDIncident.StatusUpdate)
        case responder(PDIncident.Responder)
        case workflow(PDWorkflowInstance)
        case conferenceBridge
        case customFields(changed: [String])
        /// What a script asked to be sent, as it is.
        case anything(JSON)
    }
    var id: String
    var type: String
    var occurredAt: Date
    var agent: PDAgent?
    /// The incident as it was then; none in a ping.
    var incident: PDIncident?
    var subject: Subject = .incident
    /// The one subscription that it is for, where it is for one alone.
    var subscriptionID: String?
}

extension PDAccount {
    /// Keeps an event for the webhooks; without a subscription nobody would ever read it.
    mutating func emit(_ type: String, _ id: String, by hand: Hand, subject: PDEvent.Subject = .incident) {
        guard recordsEvents, !(subscriptions.isEmpty && extensions.isEmpty), outbox.count < 10_000,
            var incident = incident(id)
        else { return }
        // How it began and what this is about: the rest of the log is nobody's business here.
        let about = PDExtension.event(for: type).flatMap { name in
            incident.log.last { PDExtension.event(for: $0.kind) == name }
        }
        incident.log = [incident.log.first, about].compactMap { $0 }
        outbox.append(
            PDEvent(
                id: random.id("01", length: 24), type: type, occurredAt: hand.date, agent: hand.agent,
                incident: incident, subject: subject))
    }

    /// A test event for one subscription.
    mutating func ping(_ subscriptionID: String, at date: Date) {
        guard outbox.count < 10_000 else { return }
        outbox.append(
            PDEvent(
                id: random.id("01", length: 24), type: "pagey.ping", occurredAt: date, subscriptionID: subscriptionID))
    }

    /// Sends what a script asks for: events that nothing here brings about, or odd ones.
    mutating func send(_ type: String, about id: String, data: JSON, by hand: Hand) {
        emit(type, id, by: hand, subject: .anything(data))
    }
}
