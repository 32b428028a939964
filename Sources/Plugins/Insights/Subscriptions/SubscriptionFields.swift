import PagerDutyKit
import PluginAPI

/// What the form's fields say, with a sentence at each that is wrong.
struct SubscriptionFields {
    private(set) var problems: [String: String] = [:]
    private(set) var teams: [PagerDuty.ID] = []
    private(set) var services: [PagerDuty.ID] = []
    private(set) var reports: [Report.View] = []
    private(set) var rhythm: Rhythm?
    let channel: String?

    init(_ fields: FieldValues) {
        typealias Field = SubscriptionForm.Field
        channel = fields.string(Field.channel)
        teams = ids(fields, Field.teams, "teams")
        services = ids(fields, Field.services, "services")
        if problems.isEmpty {
            if teams.isEmpty, services.isEmpty { problems[Field.teams] = "Choose at least one team or service." }
            if !teams.isEmpty, !services.isEmpty {
                problems[Field.services] = "Choose teams or services, not both: their incidents would be counted twice."
            }
        }
        reports = fields[Field.reports].strings.compactMap(Report.View.init)
        if reports.isEmpty { problems[Field.reports] = "Choose at least one." }
        let frequency = fields.string(Field.frequency).flatMap(Rhythm.Frequency.init)
        if frequency == nil { problems[Field.frequency] = "Choose how often." }
        let day = fields.string(Field.day).flatMap(Int.init).flatMap(Rhythm.Day.init)
        if day == nil { problems[Field.day] = "Choose a day." }
        let time = fields.string(Field.time).flatMap(Self.time)
        if time == nil { problems[Field.time] = "Choose a time of day." }
        let zone = fields.string(Field.zone)
        if zone.map(TimeZoneMenu.isZone) != true { problems[Field.zone] = "Choose a time zone." }
        guard let frequency, let day, let time, let zone else { return }
        rhythm = Rhythm(frequency: frequency, day: day, hour: time.hour, minute: time.minute, zone: zone)
    }

    private mutating func ids(_ fields: FieldValues, _ field: String, _ noun: String) -> [PagerDuty.ID] {
        let given = fields[field].strings
        let ids = given.compactMap(PagerDuty.ID.init)
        if given.count > Subscription.mostSubjects { problems[field] = "At most \(Subscription.mostSubjects) \(noun)." }
        if ids.count < given.count { problems[field] = "Choose these \(noun) once more." }
        return ids
    }

    /// `18:30`
    private static func time(_ text: String) -> (hour: Int, minute: Int)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        return (hour, minute)
    }
}
