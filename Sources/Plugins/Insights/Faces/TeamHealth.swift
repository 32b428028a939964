import PagerDutyKit
import PluginAPI

/// What incidents cost the people: interruptions in business, off and sleep hours, and who bears them.
struct TeamHealth: ReportFace {
    struct Person: Codable, Equatable {
        var name: String
        var interruptions: Interruptions
    }

    static let mostLines = 15

    var now: ReportTotals
    var before: ReportTotals
    /// Who was interrupted most first; `nil` where PagerDuty does not let the asker see it.
    var people: [Person]?

    static func read(_ query: ReportQuery, from reader: InsightsReader) async throws -> Self {
        async let now = ReportTotals.read(query, in: query.filter(query.period), from: reader)
        async let before = ReportTotals.read(query, in: query.filter(query.before), from: reader)
        async let people = Responders.read(query, from: reader)
        return Self(
            now: try await now, before: try await before,
            people: try await people?.map { Person(name: $0.name, interruptions: $0.interruptions) }
                .filter { $0.interruptions.all > 0 }
                .sorted { ($1.interruptions.all, $0.name) < ($0.interruptions.all, $1.name) })
    }

    func sentence(_ query: ReportQuery) -> Mrkdwn {
        let (count, comparison) = (now.interruptions.all, Comparison(query.frequency))
        guard count > 0 else { return "Nobody was interrupted." }
        var words: Mrkdwn =
            "\(Figure.count(count, "interruption")), \(comparison.count(count, before.interruptions.all))"
        if now.interruptions.sleep > 0 { words += "; \(now.interruptions.sleep) in sleep hours" }
        if let people, people.count > 1, let most = people.first,
            let share = Comparison.share(most.interruptions.all, of: people.reduce(0) { $0 + $1.interruptions.all }),
            share >= 40
        {
            words += ". *\(most.name.escaped(limit: 100))* bore \(share) % of them"
        }
        return words + "."
    }

    func chart(_ query: ReportQuery, subtitle: String) -> Chart? {
        let bars: [Chart.Bar]
        if let people, !people.isEmpty {
            bars = people.prefix(10).map { Self.bar($0.name, $0.interruptions) }
        } else {
            let past = Comparison(query.frequency).past
            guard now.interruptions.all + before.interruptions.all > 0 else { return nil }
            bars = [
                Self.bar("This period", now.interruptions),
                Self.bar(past.prefix(1).uppercased() + past.dropFirst(), before.interruptions),
            ]
        }
        return .bars("Interruptions", subtitle: subtitle, bars)
    }

    private static func bar(_ name: String, _ count: Interruptions) -> Chart.Bar {
        Chart.Bar(
            name,
            [
                .init("Business hours", Double(count.business), tone: .main),
                .init("Off hours", Double(count.off), tone: .second),
                .init("Sleep hours", Double(count.sleep), tone: .alarm),
            ])
    }

    var figures: [NamedFigure] {
        [
            NamedFigure("Interruptions in business hours", Figure.count(now.interruptions.business)),
            NamedFigure("Interruptions in off hours", Figure.count(now.interruptions.off)),
            NamedFigure("Interruptions in sleep hours", Figure.count(now.interruptions.sleep)),
            NamedFigure("Time engaged", Chart.Unit.seconds.words(now.engagedSeconds)),
        ]
    }

    var lines: [Mrkdwn] {
        (people ?? []).prefix(Self.mostLines).map { person in
            "• *\(person.name.escaped(limit: 150))*: \(Figure.count(person.interruptions.all, "interruption"))"
                + (person.interruptions.sleep > 0 ? ", \(person.interruptions.sleep) in sleep hours" : "")
        }
    }
}
