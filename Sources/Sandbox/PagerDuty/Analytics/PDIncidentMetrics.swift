import Foundation

/// What an incident's log says about how it went, in the words of PagerDuty's analytics.
///
/// - SeeAlso: https://support.pagerduty.com/main/docs/insights
struct PDIncidentMetrics: Sendable {
    /// When somebody was interrupted, by the clock of that person.
    enum Hour: Sendable {
        case business, off, sleep
    }

    let incident: PDIncident
    let teamIDs: [String]
    private(set) var acknowledgedBy: [String] = []
    private(set) var joinedBy: [String] = []
    private(set) var assignedTo: [String] = []
    private(set) var acknowledgements = 0
    private(set) var assignments = 0
    private(set) var manualEscalations = 0
    private(set) var timeoutEscalations = 0
    private(set) var reassignments = 0
    private(set) var notifications = 0
    private(set) var snoozedSeconds = 0
    private(set) var interruptions: [Hour] = []
    private(set) var interruptionsOf: [String: [Hour]] = [:]
    private(set) var notificationsOf: [String: Int] = [:]
    private(set) var isAutoResolved = false
    private(set) var resolvedBy: String?
    private(set) var isMajor = false
    private(set) var secondsToFirstAck: Int?
    private(set) var secondsToResolve: Int?
    private(set) var secondsToEngage: Int?
    private(set) var secondsToMobilize: Int?
    private(set) var engagedSeconds = 0

    private var engaged: [(userID: String, at: Date)] = []

    init(_ incident: PDIncident, in account: PDAccount, now: Date) {
        self.incident = incident
        teamIDs = account.service(incident.serviceID)?.teamIDs ?? []
        var lastInterruption: [String: Date] = [:]
        for entry in incident.log {
            count(entry)
            if case .notify(let userID, let method) = entry.kind {
                notifications += 1
                notificationsOf[userID, default: 0] += 1
                // Several notifications of the same moment interrupt a person once.
                if method != "email", entry.at.timeIntervalSince(lastInterruption[userID] ?? .distantPast) > 60 {
                    lastInterruption[userID] = entry.at
                    let hour = Self.hour(entry.at, account.user(userID)?.timeZone)
                    interruptions.append(hour)
                    interruptionsOf[userID, default: []].append(hour)
                }
            }
        }
        let end = incident.resolvedAt ?? now
        engagedSeconds = engaged.reduce(0) { $0 + PDTime.span($1.at, end) }
        secondsToResolve = incident.resolvedAt.map { PDTime.span(incident.createdAt, $0) }
        if let first = engaged.map(\.at).min(), let last = engaged.map(\.at).max(), engaged.count > 1 {
            secondsToEngage = PDTime.span(first, last)
            secondsToMobilize = PDTime.span(incident.createdAt, last)
        }
        let gravest = account.priorities.prefix(2).map(\.id)
        isMajor = incident.priorityID.map(gravest.contains) == true || acknowledgedBy.count > 1
    }

    var engagedUsers: Int { engaged.count }
    var escalations: Int { manualEscalations + timeoutEscalations }

    private mutating func count(_ entry: PDLogEntry) {
        switch entry.kind {
        case .acknowledge:
            acknowledgements += 1
            if secondsToFirstAck == nil { secondsToFirstAck = PDTime.span(incident.createdAt, entry.at) }
            if let userID = entry.agent.userID {
                if !acknowledgedBy.contains(userID) { acknowledgedBy.append(userID) }
                engage(userID, at: entry.at)
            }
        case .responderReply(let userID, true):
            engage(userID, at: entry.at)
        case .assign(let ids):
            assign(ids)
        case .reassign(let ids), .delegate(let ids, _):
            assign(ids)
            reassignments += 1
        case .escalate(let ids, let manual):
            assign(ids)
            if manual { manualEscalations += 1 } else { timeoutEscalations += 1 }
        case .snooze(let until):
            snoozedSeconds += PDTime.span(entry.at, min(until, incident.resolvedAt ?? until))
        case .resolve:
            resolvedBy = entry.agent.userID
            isAutoResolved = entry.agent.userID == nil
        default: break
        }
    }

    private mutating func assign(_ ids: [String]) {
        assignments += ids.count
        for id in ids where !assignedTo.contains(id) { assignedTo.append(id) }
    }

    private mutating func engage(_ userID: String, at date: Date) {
        if !joinedBy.contains(userID) { joinedBy.append(userID) }
        if !engaged.contains(where: { $0.userID == userID }) { engaged.append((userID, date)) }
    }

    /// Business is 8:00 to 18:00 on weekdays, sleep 22:00 to 8:00, the rest is off hours.
    private static func hour(_ date: Date, _ timeZone: String?) -> Hour {
        let wall = PDTime.wall(date, in: timeZone.flatMap { TimeZone(identifier: $0) } ?? PDTime.utc)
        if wall.second < 8 * 3_600 || wall.second >= 22 * 3_600 { return .sleep }
        return wall.weekday <= 5 && wall.second < 18 * 3_600 ? .business : .off
    }
}
