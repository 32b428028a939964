import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Who gets reports about which teams, and when.
struct Subscription: Codable, Equatable {
    /// PagerDuty's own bound.
    static let mostTeams = 25

    /// Unique among the person's.
    var id: String
    var person: Person
    var teams: [Team]
    var rhythm: Rhythm
    /// When the next report is due.
    var nextAt: Date

    struct Team: Codable, Equatable {
        var id: PagerDuty.ID
        var name: String
        var link: String?
    }

    /// Its place in the store.
    var key: String { Self.key(id, of: person) }

    static let prefix = "subscription/"

    static func prefix(of person: Person) -> String { "\(prefix)\(person.id)/" }
    static func key(_ id: String, of person: Person) -> String { prefix(of: person) + id }

    /// Ids go into keys and buttons; Slack's own have letters and digits only.
    static func isID(_ text: String) -> Bool { PagerDuty.ID(text) != nil }

    /// For people: "Every week on Monday at 09:00 (Europe/Berlin)".
    var schedule: String {
        let day = rhythm.frequency == .monthly ? "the first \(rhythm.day.name)" : rhythm.day.name
        return "\(rhythm.frequency.name) on \(day) at \(Self.clock(rhythm.hour, rhythm.minute)) (\(rhythm.zone))"
    }

    static func clock(_ hour: Int, _ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(hour)):\(two(minute))"
    }

    var teamNames: String { teams.map(\.name).joined(separator: ", ") }
}
