import Foundation

/// What a new incident is made of.
struct PDIncidentDraft: Sendable {
    var title: String
    var serviceID: String
    var details: String?
    var urgency: String?
    var priorityID: String?
    var key: String?
    var policyID: String?
    var assigneeIDs: [String] = []
    var type: String?
    var conferenceNumber: String?
    var conferenceURL: String?
}

/// The life of an incident: what people do to it.
extension PDAccount {
    /// Who does something, and through what: `api`, `website`, `timeout`.
    struct Hand: Sendable {
        var agent: PDAgent
        var channel: String
        var date: Date
    }

    /// Opens an incident and assigns it to whoever is on call, or to the people asked for.
    mutating func trigger(_ draft: PDIncidentDraft, by hand: Hand) throws(PDFailure) -> PDIncident {
        guard let service = service(draft.serviceID) else { throw .invalid("Service not found") }
        if let key = draft.key,
            incidents.contains(where: { $0.isOpen && $0.serviceID == service.id && $0.key == key })
        {
            throw .arguments("Open incident with matching dedup key already exists on this service")
        }
        var incident = PDIncident(
            id: random.id("Q", length: 13), number: nextNumber, title: draft.title, details: draft.details,
            serviceID: service.id, policyID: draft.policyID ?? service.policyID,
            urgency: draft.urgency ?? urgency(of: service, at: hand.date), status: .triggered,
            priorityID: draft.priorityID, key: draft.key ?? random.hex(32), createdAt: hand.date,
            updatedAt: hand.date, lastStatusChangeAt: hand.date, lastStatusChangeBy: hand.agent)
        if let type = draft.type { incident.type = type }
        incident.conferenceNumber = draft.conferenceNumber
        incident.conferenceURL = draft.conferenceURL
        incident.resolvesAt = service.autoResolveTimeout.map { hand.date.addingTimeInterval(Double($0)) }
        add(incident)
        log(incident.id, .trigger, by: hand.agent, channel: hand.channel, at: hand.date)
        var assigned = draft.assigneeIDs
        if assigned.isEmpty {
            assigned = enter(incident.id, level: 1, at: hand.date)
        } else {
            change(incident.id, at: hand.date) { $0.assignedVia = "direct_assignment" }
            assign(incident.id, to: assigned, at: hand.date)
        }
        log(incident.id, .assign(assigned), by: .service(service.id), channel: "auto", at: hand.date)
        notify(incident.id, assigned, at: hand.date)
        emit("incident.triggered", incident.id, by: hand)
        return self.incident(incident.id) ?? incident
    }

    mutating func acknowledge(_ id: String, by userID: String, _ hand: Hand) {
        guard let incident = incident(id) else { return }
        if incident.status == .resolved { reopen(id, hand) }
        guard !(incident.status == .acknowledged && incident.acknowledgements.contains { $0.userID == userID }) else {
            return
        }
        let timeout = service(incident.serviceID)?.acknowledgementTimeout
        change(id, at: hand.date) { incident in
            if incident.status != .acknowledged { incident.acknowledgements = [] }
            incident.status = .acknowledged
            incident.acknowledgements.append(.init(at: hand.date, userID: userID))
            // Whoever acknowledges takes the incident.
            if !incident.assignments.contains(where: { $0.userID == userID }) {
                incident.assignments = [.init(at: hand.date, userID: userID)]
            }
            incident.escalatesAt = nil
            incident.unacknowledgesAt = timeout.map { hand.date.addingTimeInterval(Double($0)) }
            incident.lastStatusChangeAt = hand.date
            incident.lastStatusChangeBy = hand.agent
        }
        acceptRequest(id, of: userID, hand)
        log(id, .acknowledge, by: hand.agent, channel: hand.channel, at: hand.date)
        emit("incident.acknowledged", id, by: hand)
    }

    mutating func resolve(_ id: String, note: String? = nil, mergedInto: String? = nil, _ hand: Hand) {
        change(id, at: hand.date) { incident in
            incident.status = .resolved
            incident.resolvedAt = hand.date
            incident.lastStatusChangeAt = hand.date
            incident.lastStatusChangeBy = hand.agent
            incident.assignments = []
            incident.acknowledgements = []
            incident.escalatesAt = nil
            incident.unacknowledgesAt = nil
            incident.resolvesAt = nil
            incident.snoozed = false
            incident.mergedInto = mergedInto
            for index in incident.alerts.indices { incident.alerts[index].status = .resolved }
        }
        if let mergedInto { log(id, .merge(into: mergedInto), by: hand.agent, channel: hand.channel, at: hand.date) }
        log(id, .resolve, by: hand.agent, channel: hand.channel, at: hand.date)
        if let note, let userID = hand.agent.userID { _ = annotate(id, note, by: userID, hand) }
        emit("incident.resolved", id, by: hand)
    }

    /// Undoes a resolution: the incident triggers again on the first level.
    mutating func reopen(_ id: String, _ hand: Hand) {
        change(id, at: hand.date) { incident in
            incident.status = .triggered
            incident.resolvedAt = nil
            incident.reopenedAt = hand.date
            incident.mergedInto = nil
            incident.loopsDone = 0
            incident.lastStatusChangeAt = hand.date
            incident.lastStatusChangeBy = hand.agent
        }
        log(id, .reopen, by: hand.agent, channel: hand.channel, at: hand.date)
        let assigned = enter(id, level: 1, at: hand.date)
        notify(id, assigned, at: hand.date)
        emit("incident.reopened", id, by: hand)
    }

    /// Takes an acknowledgement back, by a person or because its time is over.
    mutating func unacknowledge(_ id: String, byTimeout: Bool, _ hand: Hand) {
        guard let before = incident(id), before.status == .acknowledged else { return }
        let delay = delay(of: before)
        change(id, at: hand.date) { incident in
            incident.status = .triggered
            incident.acknowledgements = []
            incident.unacknowledgesAt = nil
            incident.snoozed = false
            incident.lastStatusChangeAt = hand.date
            incident.lastStatusChangeBy = hand.agent
            incident.escalatesAt = delay.map { hand.date.addingTimeInterval($0) }
        }
        log(id, .unacknowledge(byTimeout: byTimeout), by: hand.agent, channel: hand.channel, at: hand.date)
        notify(id, before.assignments.map(\.userID), at: hand.date)
        emit("incident.unacknowledged", id, by: hand)
    }

    /// Hands the incident to a level of its policy.
    mutating func escalate(_ id: String, to level: Int, _ hand: Hand) {
        backToTriggered(id, hand)
        change(id, at: hand.date) { $0.assignedVia = "escalation_policy" }
        let assigned = enter(id, level: level, at: hand.date)
        log(id, .escalate(to: assigned, manual: true), by: hand.agent, channel: hand.channel, at: hand.date)
        notify(id, assigned, at: hand.date)
        emit("incident.escalated", id, by: hand)
    }

    /// Hands the incident to people; from then on no policy moves it.
    mutating func reassign(_ id: String, to userIDs: [String], _ hand: Hand) {
        backToTriggered(id, hand)
        change(id, at: hand.date) { incident in
            incident.assignedVia = "direct_assignment"
            incident.escalatesAt = nil
        }
        assign(id, to: userIDs, at: hand.date)
        log(id, .reassign(userIDs), by: hand.agent, channel: hand.channel, at: hand.date)
        notify(id, userIDs, at: hand.date)
        emit("incident.reassigned", id, by: hand)
    }

    /// Hands the incident to another escalation policy.
    mutating func delegate(_ id: String, to policyID: String, _ hand: Hand) {
        backToTriggered(id, hand)
        change(id, at: hand.date) { incident in
            incident.policyID = policyID
            incident.assignedVia = "escalation_policy"
            incident.loopsDone = 0
        }
        let assigned = enter(id, level: 1, at: hand.date)
        log(id, .delegate(assigned, policyID: policyID), by: hand.agent, channel: hand.channel, at: hand.date)
        notify(id, assigned, at: hand.date)
        emit("incident.delegated", id, by: hand)
    }

    mutating func snooze(_ id: String, for seconds: Int, _ hand: Hand) {
        let until = hand.date.addingTimeInterval(Double(seconds))
        change(id, at: hand.date) { incident in
            incident.snoozed = true
            incident.unacknowledgesAt = until
        }
        log(id, .snooze(until: until), by: hand.agent, channel: hand.channel, at: hand.date)
    }

    private mutating func backToTriggered(_ id: String, _ hand: Hand) {
        guard let incident = incident(id), incident.status == .acknowledged else { return }
        change(id, at: hand.date) { incident in
            incident.status = .triggered
            incident.acknowledgements = []
            incident.unacknowledgesAt = nil
            incident.snoozed = false
            incident.lastStatusChangeAt = hand.date
            incident.lastStatusChangeBy = hand.agent
        }
    }

    func urgency(of service: PDService, at date: Date) -> String {
        switch service.urgency {
        case .constant(let urgency): return urgency
        case .supportHours(let start, let end, let zone):
            let wall = PDTime.wall(date, in: TimeZone(identifier: zone) ?? PDTime.utc)
            return wall.weekday <= 5 && wall.second >= start && wall.second < end ? "high" : "low"
        }
    }
}
