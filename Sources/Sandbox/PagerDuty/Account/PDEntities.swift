import Foundation

/// A person of the simulated account.
struct PDUser: Sendable {
    var id: String
    var name: String
    var email: String
    var role: PDRole
    var timeZone: String
    var jobTitle: String?
    var color: String
    var description: String?
    /// The user API token that the person would make in the profile; the sandbox's page shows it.
    var token: String
    var createdAt: Date
    var invitationSent = false
}

/// A team: people with a role in it; policies and services say to which teams they belong.
struct PDTeam: Sendable {
    struct Member: Sendable {
        var userID: String
        var role: String
    }
    var id: String
    var name: String
    var description: String
    var members: [Member]
}

/// A technical service that incidents are opened against.
struct PDService: Sendable {
    /// How the urgency of a new incident is decided when nobody says it.
    enum Urgency: Sendable {
        case constant(String)
        case supportHours(start: Int, end: Int, zone: String)
    }
    var id: String
    var name: String
    var description: String
    var policyID: String
    var teamIDs: [String]
    var urgency: Urgency
    /// Seconds after which an acknowledged incident triggers again; nil is never.
    var acknowledgementTimeout: Int?
    /// Seconds after which an open incident resolves itself; nil is never.
    var autoResolveTimeout: Int?
    var createdAt: Date
    var disabled = false
}

/// Who is told, and after how long the next ones are.
struct PDPolicy: Sendable {
    enum Target: Sendable, Equatable {
        case user(String)
        case schedule(String)
    }
    struct Rule: Sendable {
        var id: String
        var delayMinutes: Int
        var targets: [Target]
    }
    var id: String
    var name: String
    var description: String
    var rules: [Rule]
    var loops: Int
    var teamIDs: [String]
}

/// How grave an incident is; the account's list runs from the gravest down.
struct PDPriority: Sendable {
    var id: String
    var name: String
    var description: String
    var color: String
}

/// A sequence of steps that people start on an incident.
struct PDWorkflow: Sendable {
    var id: String
    var name: String
    var description: String
    var createdAt: Date
    var teamID: String?

    /// The trigger by which people start it.
    var triggerID: String { "trigger-\(id.lowercased())" }
    /// The response play that did the same before there were workflows.
    var playID: String { "play-\(id.lowercased())" }
}

/// One run of a workflow on an incident.
struct PDWorkflowInstance: Sendable {
    var id: String
    var workflowID: String
    var incidentID: String
    var startedAt: Date
    var completesAt: Date
    var isCompleted = false
}

/// A field that the account has added to incidents.
struct PDCustomField: Sendable {
    var id: String
    var name: String
    var displayName: String
}

/// A V2 extension on services.
struct PDExtension: Sendable {
    var id: String
    var name: String
    var endpointURL: String?
    var schemaID: String
    var serviceIDs: [String]
    var config: JSON
    var temporarilyDisabledUntil: Date?
}

/// A V3 webhook subscription.
struct PDSubscription: Sendable {
    struct Header: Sendable {
        var name: String
        var value: String
    }
    var id: String
    var methodID: String
    var url: String
    var secret: String
    var description: String?
    var events: [String]
    var filterType: String
    var filterID: String?
    var headers: [Header]
    var active = true
    var temporarilyDisabledUntil: Date?
}
