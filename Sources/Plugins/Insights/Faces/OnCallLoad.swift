import PagerDutyKit
import PluginAPI

/// How long people were on call, and whether they share it fairly.
struct OnCallLoad: ReportFace {
    struct Person: Codable, Equatable {
        var name: String
        var firstLevelSeconds: Double
        var otherSeconds: Double

        var seconds: Double { firstLevelSeconds + otherSeconds }
    }

    static let mostLines = 15

    /// Who was on call longest first; `nil` where PagerDuty does not let the asker see it.
    var people: [Person]?

    static func read(_ query: ReportQuery, from reader: InsightsReader) async throws -> Self {
        Self(
            people: try await Responders.read(query, from: reader)?.filter { $0.onCallSeconds > 0 }
                .map {
                    let first = min($0.firstLevelSeconds, $0.onCallSeconds)
                    return Person(name: $0.name, firstLevelSeconds: first, otherSeconds: $0.onCallSeconds - first)
                }
                .sorted { ($1.seconds, $0.name) < ($0.seconds, $1.name) })
    }

    func sentence(_ query: ReportQuery) -> Mrkdwn {
        guard let people else { return "Hours on call are not yours to see in PagerDuty." }
        guard let most = people.first, let least = people.last else { return "Nobody was on call." }
        let name = most.name.escaped(limit: 100)
        guard people.count > 1 else {
            return "*\(name)* was on call alone, for \(Chart.Unit.seconds.words(most.seconds))."
        }
        let all = people.reduce(0) { $0 + $1.seconds }
        let fair = all / Double(people.count)
        if most.seconds <= fair * 1.2 {
            return "\(people.count) people share being on call evenly, about \(Chart.Unit.seconds.words(fair)) each."
        }
        let share = Int((most.seconds * 100 / all).rounded())
        return "*\(name)* carried \(share) % of the hours on call, "
            + "\(Chart.Unit.seconds.words(most.seconds)); *\(least.name.escaped(limit: 100))* "
            + "\(Chart.Unit.seconds.words(least.seconds))."
    }

    func chart(_ query: ReportQuery, subtitle: String) -> Chart? {
        guard let people, !people.isEmpty else { return nil }
        let bars = people.prefix(10).map { person in
            Chart.Bar(
                person.name,
                [
                    .init("First level", person.firstLevelSeconds, tone: .main),
                    .init("Other levels", person.otherSeconds, tone: .second),
                ])
        }
        return .bars("Time on call", subtitle: subtitle, bars, unit: .seconds)
    }

    var figures: [NamedFigure] {
        guard let people, !people.isEmpty else { return [] }
        return [
            NamedFigure("People on call", Figure.count(people.count)),
            NamedFigure("Longest", Chart.Unit.seconds.words(people.first?.seconds)),
            NamedFigure("Shortest", Chart.Unit.seconds.words(people.last?.seconds)),
        ]
    }

    var lines: [Mrkdwn] {
        (people ?? []).prefix(Self.mostLines).map { person in
            "• *\(person.name.escaped(limit: 150))*: \(Chart.Unit.seconds.words(person.seconds)), "
                + "of it \(Chart.Unit.seconds.words(person.firstLevelSeconds)) at the first level"
        }
    }
}
