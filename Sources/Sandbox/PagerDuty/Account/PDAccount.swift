import Foundation

/// The state of the simulated PagerDuty account. A value: every change is a function of it and of the time.
struct PDAccount: Sendable {
    static let subdomain = "acme"
    static let seats = 10
    /// A sandbox that somebody forgot must not fill the memory.
    static let mostIncidents = 5_000

    var name = "Acme"
    var timeZone = "Etc/UTC"
    var users: [PDUser] = []
    var teams: [PDTeam] = []
    var services: [PDService] = []
    var policies: [PDPolicy] = []
    var schedules: [PDSchedule] = []
    var priorities: [PDPriority] = []
    var workflows: [PDWorkflow] = []
    var workflowInstances: [PDWorkflowInstance] = []
    var customFields: [PDCustomField] = []
    /// What the account's plan includes; a call that needs more is answered with 402.
    var abilities = PDEndpoint.abilities
    /// Response plays are gone from most accounts; the old calls answer 404 there.
    var hasResponsePlays = false
    var extensions: [PDExtension] = []
    var subscriptions: [PDSubscription] = []
    var accountKey = ""
    var random: PDRandom
    /// Oldest first.
    private(set) var incidents: [PDIncident] = []
    private var places: [String: Int] = [:]
    private(set) var nextNumber = 1
    /// What happened and has not been handed to webhooks yet.
    var outbox: [PDEvent] = []
    var recordsEvents = false
    /// Counts changes, so that a page knows when to look again.
    private(set) var revision = 0

    init(seed: UInt64) { random = PDRandom(seed: seed) }

    func user(_ id: String) -> PDUser? { users.first { $0.id == id } }
    func user(email: String) -> PDUser? {
        users.first { $0.email.lowercased() == email.lowercased() }
    }
    func user(token: String) -> PDUser? { users.first { $0.token == token } }
    func team(_ id: String) -> PDTeam? { teams.first { $0.id == id } }
    func service(_ id: String) -> PDService? { services.first { $0.id == id } }
    func policy(_ id: String) -> PDPolicy? { policies.first { $0.id == id } }
    func schedule(_ id: String) -> PDSchedule? { schedules.first { $0.id == id } }
    func priority(_ id: String) -> PDPriority? { priorities.first { $0.id == id } }
    func teamIDs(of userID: String) -> [String] {
        teams.filter { $0.members.contains { $0.userID == userID } }.map(\.id)
    }

    /// An incident by its id, or by its number as PagerDuty allows.
    func incident(_ idOrNumber: String) -> PDIncident? {
        if let place = places[idOrNumber] { return incidents[place] }
        guard let number = Int(idOrNumber) else { return nil }
        return incidents.last { $0.number == number }
    }

    mutating func touch() { revision &+= 1 }

    /// Changes one incident where it stands.
    mutating func change(_ id: String, at date: Date, _ body: (inout PDIncident) -> Void) {
        guard let place = places[id] else { return }
        body(&incidents[place])
        incidents[place].updatedAt = date
        touch()
    }

    mutating func add(_ incident: PDIncident) {
        if incidents.count >= Self.mostIncidents { forgetOldest() }
        places[incident.id] = incidents.count
        incidents.append(incident)
        nextNumber = max(nextNumber, incident.number + 1)
        touch()
    }

    private mutating func forgetOldest() {
        let index = incidents.firstIndex { !$0.isOpen } ?? 0
        incidents.remove(at: index)
        places = Dictionary(incidents.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func log(_ id: String, _ kind: PDLogEntry.Kind, by agent: PDAgent, channel: String, at date: Date) {
        let entry = PDLogEntry(id: random.id("R", length: 25), at: date, agent: agent, channel: channel, kind: kind)
        change(id, at: date) { incident in
            guard incident.log.count < 5_000 else { return }
            incident.log.append(entry)
        }
    }

    /// Seats of the licence that are taken.
    var takenSeats: Int { users.count { !$0.role.isStakeholder } }

    /// Who is on call on a level of a policy at a moment.
    func onCall(_ policy: PDPolicy, level: Int, at date: Date) -> [String] {
        guard level >= 1, level <= policy.rules.count else { return [] }
        var seen: Set<String> = []
        return policy.rules[level - 1].targets.compactMap { target in
            switch target {
            case .user(let id): id
            case .schedule(let id): schedule(id)?.userID(at: date)
            }
        }.filter { seen.insert($0).inserted }
    }
}
