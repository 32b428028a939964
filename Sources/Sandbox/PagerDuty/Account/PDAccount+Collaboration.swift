import Foundation

/// What people say and ask around an incident.
extension PDAccount {
    mutating func annotate(_ id: String, _ content: String, by userID: String, _ hand: Hand) -> PDIncident.Note? {
        guard let incident = incident(id), incident.notes.count < 2_000 else { return nil }
        let note = PDIncident.Note(
            id: random.id("P", length: 6), userID: userID, content: content, createdAt: hand.date)
        change(id, at: hand.date) { $0.notes.append(note) }
        log(id, .annotate(content), by: hand.agent, channel: hand.channel, at: hand.date)
        emit("incident.annotated", id, by: hand, subject: .note(note))
        return note
    }

    mutating func setPriority(_ id: String, _ priorityID: String?, _ hand: Hand) {
        guard let before = incident(id), before.priorityID != priorityID else { return }
        change(id, at: hand.date) { $0.priorityID = priorityID }
        log(
            id, .priority(from: before.priorityID, to: priorityID), by: hand.agent, channel: hand.channel, at: hand.date
        )
        emit("incident.priority_updated", id, by: hand)
    }

    mutating func setUrgency(_ id: String, _ urgency: String, _ hand: Hand) {
        guard let before = incident(id), before.urgency != urgency else { return }
        change(id, at: hand.date) { $0.urgency = urgency }
        let delay = incident(id).flatMap { $0.status == .triggered ? self.delay(of: $0) : nil }
        change(id, at: hand.date) { $0.escalatesAt = delay.map { hand.date.addingTimeInterval($0) } }
        log(id, .urgency(urgency), by: hand.agent, channel: hand.channel, at: hand.date)
    }

    mutating func setTitle(_ id: String, _ title: String, _ hand: Hand) {
        change(id, at: hand.date) { $0.title = title }
        log(id, .title(title), by: hand.agent, channel: hand.channel, at: hand.date)
    }

    mutating func setType(_ id: String, _ type: String, _ hand: Hand) {
        guard let before = incident(id), before.type != type else { return }
        change(id, at: hand.date) { $0.type = type }
        emit("incident.incident_type.changed", id, by: hand)
    }

    mutating func setConferenceBridge(_ id: String, number: String?, url: String?, _ hand: Hand) {
        change(id, at: hand.date) { incident in
            incident.conferenceNumber = number
            incident.conferenceURL = url
        }
        emit("incident.conference_bridge.updated", id, by: hand, subject: .conferenceBridge)
    }

    mutating func setCustomFields(_ id: String, _ values: [String: JSON], _ hand: Hand) {
        guard let before = incident(id) else { return }
        let changed = values.filter { before.customFields[$0.key] ?? .null != $0.value }.map(\.key).sorted()
        guard !changed.isEmpty else { return }
        change(id, at: hand.date) { incident in
            for name in changed { incident.customFields[name] = values[name] }
        }
        emit("incident.custom_field_values.updated", id, by: hand, subject: .customFields(changed: changed))
    }

    /// Moves the alerts of the sources to the target and resolves the sources.
    mutating func merge(_ sourceIDs: [String], into targetID: String, _ hand: Hand) {
        for sourceID in sourceIDs {
            guard let source = incident(sourceID) else { continue }
            change(targetID, at: hand.date) { $0.alerts += source.alerts }
            change(sourceID, at: hand.date) { $0.alerts = [] }
            resolve(sourceID, mergedInto: targetID, hand)
        }
    }

    mutating func publish(
        _ id: String, message: String, subject: String?, html: String?, by userID: String, _ hand: Hand
    ) -> PDIncident.StatusUpdate {
        let update = PDIncident.StatusUpdate(
            id: random.id("P", length: 6), userID: userID, message: message, subject: subject, html: html,
            createdAt: hand.date)
        change(id, at: hand.date) { if $0.statusUpdates.count < 500 { $0.statusUpdates.append(update) } }
        log(id, .statusUpdate(message), by: hand.agent, channel: hand.channel, at: hand.date)
        emit("incident.status_update_published", id, by: hand, subject: .statusUpdate(update))
        return update
    }

    /// Asks people to help; whoever was asked already is asked again.
    mutating func requestResponders(_ id: String, _ userIDs: [String], message: String, _ hand: Hand) {
        let requester = hand.agent.userID ?? ""
        let responders = userIDs.map {
            PDIncident.Responder(
                userID: $0, state: "pending", requesterID: requester, message: message, requestedAt: hand.date,
                updatedAt: hand.date)
        }
        change(id, at: hand.date) { incident in
            incident.responders.removeAll { userIDs.contains($0.userID) }
            incident.responders += responders
        }
        log(id, .responderRequest(userIDs, message: message), by: hand.agent, channel: hand.channel, at: hand.date)
        notify(id, userIDs, at: hand.date)
        for responder in responders {
            emit("incident.responder.added", id, by: hand, subject: .responder(responder))
        }
    }

    /// Acknowledging an incident accepts the request that the person has for it.
    mutating func acceptRequest(_ id: String, of userID: String, _ hand: Hand) {
        answerRequest(id, of: userID, accepted: true, hand)
    }

    /// A person joins or declines. Says whether somebody had asked them.
    @discardableResult
    mutating func answerRequest(_ id: String, of userID: String, accepted: Bool, _ hand: Hand) -> Bool {
        guard let incident = incident(id),
            let place = incident.responders.firstIndex(where: { $0.userID == userID && $0.state == "pending" })
        else { return false }
        change(id, at: hand.date) { incident in
            incident.responders[place].state = accepted ? "joined" : "declined"
            incident.responders[place].updatedAt = hand.date
        }
        log(
            id, .responderReply(userID: userID, accepted: accepted), by: hand.agent, channel: hand.channel,
            at: hand.date)
        if let responder = self.incident(id)?.responders[place] {
            emit("incident.responder.replied", id, by: hand, subject: .responder(responder))
        }
        return true
    }

    mutating func start(_ workflow: PDWorkflow, on id: String, _ hand: Hand) -> PDWorkflowInstance {
        let instance = PDWorkflowInstance(
            id: random.id("P", length: 6), workflowID: workflow.id, incidentID: id, startedAt: hand.date,
            completesAt: hand.date.addingTimeInterval(PDWorkflowInstance.length))
        if workflowInstances.count < 10_000 { workflowInstances.append(instance) }
        log(id, .workflow(name: workflow.name), by: hand.agent, channel: hand.channel, at: hand.date)
        emit("incident.workflow.started", id, by: hand, subject: .workflow(instance))
        return instance
    }
    /// Ends the runs whose time is over.
    mutating func completeWorkflows(at now: Date) {
        for place in workflowInstances.indices {
            let instance = workflowInstances[place]
            guard !instance.isCompleted, instance.completesAt <= now else { continue }
            workflowInstances[place].isCompleted = true
            touch()
            guard let incident = incident(instance.incidentID) else { continue }
            let hand = Hand(agent: .service(incident.serviceID), channel: "auto", date: instance.completesAt)
            emit("incident.workflow.completed", incident.id, by: hand, subject: .workflow(instance))
        }
    }
}

extension PDWorkflowInstance {
    /// How many seconds the steps of a workflow take here.
    static let length = 5.0
}
