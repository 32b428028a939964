import PagerDutyKit
import PluginAPI

/// `/pd ack`: takes an incident.
struct Acknowledge: Command {
    static let name = "ack"
    static let summary = "Acknowledge an incident"
    static let aliases = ["acknowledge"]

    @Argument("the incident's number; not needed in its own channel") var number: String?

    func run(_ context: Context<IncidentsPlugin>) async throws -> Reply {
        let (incident, person) = try await IncidentCommand.subject(number, context)
        return try await IncidentTurn(incident, person, context).acknowledge(saying: "It is acknowledged.")
    }
}

/// `/pd resolve`: closes an incident.
struct Resolve: Command {
    static let name = "resolve"
    static let summary = "Resolve an incident"

    @Argument("the incident's number; not needed in its own channel") var number: String?

    func run(_ context: Context<IncidentsPlugin>) async throws -> Reply {
        let (incident, person) = try await IncidentCommand.subject(number, context)
        return try await IncidentTurn(incident, person, context).resolve()
    }
}

/// `/pd note`: writes something down.
struct AddNote: Command {
    static let name = "note"
    static let summary = "Add a note to an incident"

    @Rest("the note; outside of the incident's own channel its number goes first") var text: String

    func run(_ context: Context<IncidentsPlugin>) async throws -> Reply {
        let (number, note) = try await split(context)
        guard !note.isEmpty else { throw UsageError("The note is empty") }
        guard note.utf16.count <= 3_000 else { throw UsageError("A note has at most 3,000 characters") }
        let (incident, person) = try await IncidentCommand.subject(number, context)
        try await IncidentTurn(incident, person, context).write(.note(note, on: incident), "note")
        return .ephemeral("Your note is on the incident.")
    }

    /// In the incident's own channel a note may well begin with a number: there only `#12` names another incident.
    private func split(_ context: Context<IncidentsPlugin>) async throws -> (number: String?, note: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let first = parts.first, IncidentAsked.number(first) != nil else { return (nil, text) }
        if first.utf8.first != UInt8(ascii: "#"), try await IncidentAsked(context).here() != nil { return (nil, text) }
        return (first, parts.count > 1 ? parts[1] : "")
    }
}

/// What the commands on an incident have in common.
private enum IncidentCommand {
    static func subject(
        _ number: String?, _ context: Context<IncidentsPlugin>
    ) async throws -> (incident: PagerDuty.ID, person: Person) {
        guard let person = context.person else { throw AccountError.notLinked(provider: PagerDuty.provider) }
        return (try await IncidentAsked(context).incident(number), person)
    }
}
