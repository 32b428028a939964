import Foundation

/// An incident and everything that has happened to it.
struct PDIncident: Sendable {
    enum Status: String, Sendable {
        case triggered, acknowledged, resolved
    }
    struct Assignment: Sendable, Equatable {
        var at: Date
        var userID: String
    }
    struct Note: Sendable {
        var id: String
        var userID: String
        var content: String
        var createdAt: Date
    }
    struct StatusUpdate: Sendable {
        var id: String
        var userID: String
        var message: String
        var subject: String?
        var html: String?
        var createdAt: Date
    }
    struct Responder: Sendable {
        var userID: String
        var state: String
        var requesterID: String
        var message: String
        var requestedAt: Date
        var updatedAt: Date
    }
    struct Alert: Sendable {
        var id: String
        var summary: String
        var key: String
        var severity: String
        var status: Status
        var createdAt: Date
        var details: JSON
    }

    var id: String
    var number: Int
    var title: String
    var details: String?
    var serviceID: String
    var policyID: String
    var urgency: String
    var status: Status
    var priorityID: String?
    var type = "incident_default"
    var key: String
    var createdAt: Date
    var updatedAt: Date
    var resolvedAt: Date?
    var reopenedAt: Date?
    var lastStatusChangeAt: Date
    var lastStatusChangeBy: PDAgent
    var assignments: [Assignment] = []
    var acknowledgements: [Assignment] = []
    var assignedVia = "escalation_policy"
    /// The level of the policy that has the incident, from 1.
    var level = 1
    var loopsDone = 0
    var escalatesAt: Date?
    var unacknowledgesAt: Date?
    var resolvesAt: Date?
    var snoozed = false
    var mergedInto: String?
    var conferenceNumber: String?
    var conferenceURL: String?
    /// Values of the account's custom fields, by the field's name.
    var customFields: [String: JSON] = [:]
    var notes: [Note] = []
    var statusUpdates: [StatusUpdate] = []
    var responders: [Responder] = []
    var alerts: [Alert] = []
    var log: [PDLogEntry] = []

    var isOpen: Bool { status != .resolved }

    /// The next moment at which something happens by itself.
    var nextDue: Date? { [escalatesAt, unacknowledgesAt, resolvesAt].compactMap { $0 }.min() }
}

/// Who did something: a person, a service, or PagerDuty by itself when a timer ran out.
enum PDAgent: Sendable, Equatable {
    case user(String)
    case service(String)
    case policy(String)

    var userID: String? { if case .user(let id) = self { id } else { nil } }
}

/// One line of an incident's log.
struct PDLogEntry: Sendable {
    enum Kind: Sendable {
        case trigger
        case acknowledge
        case unacknowledge(byTimeout: Bool)
        case resolve
        case reopen
        case escalate(to: [String], manual: Bool)
        case assign([String])
        case reassign([String])
        case delegate([String], policyID: String)
        case notify(userID: String, method: String)
        case annotate(String)
        case snooze(until: Date)
        case priority(from: String?, to: String?)
        case urgency(String)
        case title(String)
        case merge(into: String)
        case responderRequest([String], message: String)
        case responderReply(userID: String, accepted: Bool)
        case statusUpdate(String)
        case workflow(name: String)
        case exhausted
    }
    var id: String
    var at: Date
    var agent: PDAgent
    var channel: String
    var kind: Kind
}
