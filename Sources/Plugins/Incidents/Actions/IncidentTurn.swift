import PagerDutyKit
import PluginAPI

/// A person's hand on an incident: always with their own token, so that PagerDuty decides.
///
/// PagerDuty is asked first how the incident is: of two people who press at once, or one who presses twice, the second
/// hears what the first has done.
struct IncidentTurn: Sendable {
    let incident: PagerDuty.ID
    let person: Person
    let context: Context<IncidentsPlugin>

    init(_ incident: PagerDuty.ID, _ person: Person, _ context: Context<IncidentsPlugin>) {
        self.incident = incident
        self.person = person
        self.context = context
    }

    /// - Parameter done: What the person hears, where the message alone does not show it to them.
    func acknowledge(saying done: Message? = nil) async throws -> Reply {
        let now = try await truth()
        switch now.status {
        case .resolved: return try await already("resolved", now)
        case .acknowledged: return try await already("acknowledged", now)
        default: break
        }
        do {
            try await write(.change(incident, to: .acknowledged), "acknowledge")
        } catch let error as PagerDutyError where error.reason == .alreadyAcknowledged {
            return try await already("acknowledged", now)
        } catch let error as PagerDutyError where error.reason == .alreadyResolved {
            return try await already("resolved", now)
        }
        // The message shows it to everybody.
        return done.map { .ephemeral($0) } ?? .nothing
    }

    func resolve() async throws -> Reply {
        let now = try await truth()
        guard now.status != .resolved else { return try await already("resolved", now) }
        do {
            try await write(.change(incident, to: .resolved), "resolve")
        } catch let error as PagerDutyError where error.reason == .alreadyResolved {
            return try await already("resolved", now)
        }
        return .ephemeral(try await Undo(person, context).offer(for: now))
    }

    /// - Returns: What to tell the person, and whether it was done.
    func reopen() async throws -> (isDone: Bool, words: Mrkdwn) {
        let now = try await truth()
        let name = IncidentName(now).link(limit: 150)
        guard now.status == .resolved else {
            try await refresh()
            return (false, "\(name) is open already.")
        }
        try await write(.change(incident, to: .triggered), "reopen")
        return (true, "\(name) is open again.")
    }

    /// Changes something as the person, and repaints the message from what PagerDuty says then.
    /// - Parameter deed: What it is, for the audit log.
    func write<Response>(_ call: PagerDutyWrite<Response>, _ deed: String) async throws {
        do {
            _ = try await context.pagerDuty.acting(as: person).write(call)
        } catch let error as PagerDutyError {
            await note("incident.\(deed)_refused")
            throw error
        }
        await note("incident.\(deed)")
        try await refresh()
    }

    /// What was done is done, and what was refused is refused, whether it can be noted or not.
    private func note(_ action: String) async {
        do {
            try await context.audit(action, incident.value)
        } catch {
            context.log.error("What somebody did with an incident cannot be noted", ["action": action])
        }
    }

    /// The incident as the person may see it.
    func truth() async throws -> PagerDuty.Incident {
        try await context.pagerDuty.acting(as: person).read(.incident(incident))
    }

    private func already(_ what: Mrkdwn, _ incident: PagerDuty.Incident) async throws -> Reply {
        try await refresh()
        return .ephemeral("\(IncidentName(incident).link(limit: 150)) was \(what) already.")
    }

    /// What was done is done: where PagerDuty does not tell how the incident is now, its webhook will.
    private func refresh() async throws {
        do {
            try await IncidentDesk(context).refresh(incident)
        } catch let error as PagerDutyError {
            context.log.info("An incident was changed but not read again", ["error": "\(error)"])
        }
    }
}
