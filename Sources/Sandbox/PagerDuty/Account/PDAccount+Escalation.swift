import Foundation

/// What happens to an incident by itself: levels, timers, notifications.
extension PDAccount {
    /// Does everything that is due up to `now`, in the order in which it became due.
    mutating func advance(to now: Date) {
        defer { completeWorkflows(at: now) }
        // Bounded, so that a clock that jumps by years cannot hang the simulator.
        for _ in 0..<10_000 {
            var due: (id: String, at: Date)?
            for incident in incidents where incident.isOpen {
                if let next = incident.nextDue, next <= now, next < due?.at ?? .distantFuture {
                    due = (incident.id, next)
                }
            }
            guard let due else { return }
            runTimer(of: due.id, at: due.at)
        }
    }

    /// The next moment at which `advance` has something to do.
    var nextDue: Date? {
        let timers = incidents.lazy.filter(\.isOpen).compactMap(\.nextDue)
        let workflows = workflowInstances.lazy.filter { !$0.isCompleted }.map(\.completesAt)
        return [timers.min(), workflows.min()].compactMap { $0 }.min()
    }

    /// Does what is due of one incident alone.
    mutating func advance(_ id: String, to now: Date) {
        for _ in 0..<1_000 {
            guard let next = incident(id)?.nextDue, next <= now else { return }
            runTimer(of: id, at: next)
        }
    }

    private mutating func runTimer(of id: String, at date: Date) {
        guard let incident = incident(id) else { return }
        let hand = Hand(agent: .service(incident.serviceID), channel: "timeout", date: date)
        if incident.resolvesAt.map({ $0 <= date }) == true {
            resolve(id, Hand(agent: .service(incident.serviceID), channel: "auto", date: date))
        } else if incident.unacknowledgesAt.map({ $0 <= date }) == true {
            unacknowledge(id, byTimeout: true, hand)
        } else {
            escalateByTimeout(incident, hand)
        }
    }

    private mutating func escalateByTimeout(_ incident: PDIncident, _ hand: Hand) {
        guard let policy = policy(incident.policyID), !policy.rules.isEmpty else {
            change(incident.id, at: hand.date) { $0.escalatesAt = nil }
            return
        }
        var next = incident.level + 1
        if next > policy.rules.count {
            guard incident.loopsDone < policy.loops else {
                change(incident.id, at: hand.date) { $0.escalatesAt = nil }
                log(incident.id, .exhausted, by: .policy(policy.id), channel: "timeout", at: hand.date)
                return
            }
            change(incident.id, at: hand.date) { $0.loopsDone += 1 }
            next = 1
        }
        let assigned = enter(incident.id, level: next, at: hand.date)
        let byPolicy = Hand(agent: .policy(policy.id), channel: "timeout", date: hand.date)
        log(incident.id, .escalate(to: assigned, manual: false), by: byPolicy.agent, channel: "timeout", at: hand.date)
        notify(incident.id, assigned, at: hand.date)
        emit("incident.escalated", incident.id, by: byPolicy)
    }

    /// Puts an incident on a level and says who has it now; a level where nobody is on call is passed over.
    mutating func enter(_ id: String, level: Int, at date: Date) -> [String] {
        guard let incident = incident(id), let policy = policy(incident.policyID), !policy.rules.isEmpty else {
            return []
        }
        let wanted = min(max(1, level), policy.rules.count)
        let found = (wanted...policy.rules.count).first { !onCall(policy, level: $0, at: date).isEmpty } ?? wanted
        change(id, at: date) { $0.level = found }
        let assigned = onCall(policy, level: found, at: date)
        assign(id, to: assigned, at: date)
        let delay = self.incident(id).flatMap { self.delay(of: $0) }
        change(id, at: date) { $0.escalatesAt = delay.map { date.addingTimeInterval($0) } }
        return assigned
    }

    /// How long the current level has before the next one is told; nil where the policy does not move the incident.
    func delay(of incident: PDIncident) -> Double? {
        guard incident.urgency == "high", incident.assignedVia == "escalation_policy",
            let policy = policy(incident.policyID), incident.level >= 1, incident.level <= policy.rules.count
        else { return nil }
        return Double(policy.rules[incident.level - 1].delayMinutes * 60)
    }

    mutating func assign(_ id: String, to userIDs: [String], at date: Date) {
        change(id, at: date) { $0.assignments = userIDs.map { .init(at: date, userID: $0) } }
    }

    mutating func notify(_ id: String, _ userIDs: [String], at date: Date) {
        guard let incident = incident(id) else { return }
        for userID in userIDs {
            for method in incident.urgency == "high" ? ["push_notification", "phone"] : ["email"] {
                log(
                    id, .notify(userID: userID, method: method), by: .service(incident.serviceID), channel: "auto",
                    at: date)
            }
        }
    }
}
