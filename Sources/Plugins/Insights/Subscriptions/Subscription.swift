import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Who gets which reports about which teams or services, when and where.
struct Subscription: Codable, Equatable {
    /// PagerDuty's own bound for teams; services are held to the same.
    static let mostSubjects = 25

    /// Unique among the person's.
    var id: String
    var person: Person
    /// Empty where it is about services.
    var teams: [Subject]
    var services: [Subject]?
    var rhythm: Rhythm
    /// When the next report is due.
    var nextAt: Date
    /// Where reports are shown; `nil`: in the direct message with the app.
    var channel: String?
    /// What the reports tell; `nil`: everything.
    var reports: [Report.View]?
    var isPaused: Bool?

    /// A team or a service.
    struct Subject: Codable, Equatable {
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

    var subjects: [Subject] { teams + (services ?? []) }
    var subjectNames: String { subjects.map(\.name).joined(separator: ", ") }

    /// At least one.
    var views: [Report.View] {
        guard let reports, !reports.isEmpty else { return Report.View.allCases }
        return Report.View.allCases.filter(reports.contains)
    }

    /// For people: "Every week on Monday at 09:00 (Europe/Berlin)".
    var schedule: String {
        let time = "at \(Self.clock(rhythm.hour, rhythm.minute)) (\(rhythm.zone))"
        return switch rhythm.frequency {
        case .daily: "\(rhythm.frequency.name) \(time)"
        case .weekly, .fortnightly: "\(rhythm.frequency.name) on \(rhythm.day.name) \(time)"
        case .monthly: "\(rhythm.frequency.name) on the first \(rhythm.day.name) \(time)"
        }
    }

    static func clock(_ hour: Int, _ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(hour)):\(two(minute))"
    }
}
