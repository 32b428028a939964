import PagerDutyKit

/// People's hours and interruptions, added up over the teams of a report.
struct Responders {
    struct Person {
        var name: String
        var onCallSeconds = 0.0
        var firstLevelSeconds = 0.0
        var interruptions = Interruptions()
    }

    /// - Returns: `nil` where PagerDuty keeps it from whoever asks, or knows it by team only and the report is about services.
    static func read(_ query: ReportQuery, from reader: InsightsReader) async throws -> [Person]? {
        guard query.services.isEmpty else { return nil }
        let rows: [PagerDuty.ResponderMetrics]
        do {
            rows = try await reader.read(.responderMetrics(query.filter(query.period))).rows
        } catch let error as PagerDutyError where error.remedy != .retry {
            return nil
        }
        var people: [String: Person] = [:]
        for row in rows {
            let name = row.responderName ?? row.responder?.value ?? "Somebody"
            var person = people[row.responder?.value ?? name] ?? Person(name: name)
            person.onCallSeconds += max(0, row.onCallSeconds ?? 0)
            person.firstLevelSeconds += max(0, row.firstLevelSeconds ?? 0)
            let more = Interruptions(row)
            person.interruptions.business += more.business
            person.interruptions.off += more.off
            person.interruptions.sleep += more.sleep
            people[row.responder?.value ?? name] = person
        }
        return Array(people.values)
    }
}
