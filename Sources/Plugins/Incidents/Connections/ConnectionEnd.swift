import PagerDutyKit
import PluginAPI

/// The end of a connection, by the hand of a person who has a PagerDuty account.
struct ConnectionEnd {
    private let connection: Connection
    private let person: Person

    init(_ connection: Connection, by person: Person) {
        self.connection = connection
        self.person = person
    }

    /// - Throws: `AccountError.notLinked` where the person has linked none: the host asks for it and resumes.
    func carryOut(_ context: Context<IncidentsPlugin>) async throws {
        _ = try await context.pagerDuty.acting(as: person).linked()
        try await Connections(context).remove(connection)
        try await ConnectionNotice(context).removed(connection, by: person)
    }
}
