import PagerDutyKit
import PluginAPI

/// How many incidents there were: by day, by urgency and priority, and against the period before.
struct IncidentActivity: ReportFace {
    struct Day: Codable, Equatable {
        var high = 0
        var low = 0
        var before: Int?
    }

    struct Priority: Codable, Equatable {
        let name: String
        let incidents: Int
    }

    var now: ReportTotals
    var before: ReportTotals
    var days: [Day]
    var priorities: [Priority]

    static func read(_ query: ReportQuery, from reader: InsightsReader) async throws -> Self {
        async let now = ReportTotals.read(query, in: query.filter(query.period), from: reader)
        async let before = ReportTotals.read(query, in: query.filter(query.before), from: reader)
        async let days = days(query, from: reader)
        async let priorities = priorities(query, from: reader)
        return Self(
            now: try await now, before: try await before, days: try await days, priorities: try await priorities)
    }

    private static func days(_ query: ReportQuery, from reader: InsightsReader) async throws -> [Day] {
        let filter = query.filter(query.days.period)
        async let high = counts(query, filter.only { $0.urgency = .high }, from: reader)
        async let low = counts(query, filter.only { $0.urgency = .low }, from: reader)
        // A single day is shown with the days before it; those are the comparison.
        let past = query.frequency == .daily ? nil : ReportDays(query.before, zone: query.days.zone)
        let befores = past == nil ? nil : try await counts(query, query.filter(query.before), from: reader)
        let (highs, lows) = (try await high, try await low)
        return query.days.names.enumerated().map { index, name in
            Day(
                high: highs[name] ?? 0, low: lows[name] ?? 0,
                before: past.flatMap { $0.names.indices.contains(index) ? befores?[$0.names[index]] ?? 0 : nil })
        }
    }

    private static func counts(
        _ query: ReportQuery, _ filter: AnalyticsFilter, from reader: InsightsReader
    ) async throws -> [String: Int] {
        let rows = try await reader.read(.incidentMetrics(by: query.all, filter, byDay: true)).rows
        return Dictionary(rows.compactMap { row in row.day.map { ($0, row.incidents ?? 0) } }, uniquingKeysWith: +)
    }

    /// Plans without priorities answer with an error: then there are none.
    private static func priorities(_ query: ReportQuery, from reader: InsightsReader) async throws -> [Priority] {
        let known: [PagerDuty.Priority]
        do {
            known = try await reader.all(.priorities, limit: 8)
        } catch let error as PagerDutyError where error.remedy != .retry {
            return []
        }
        return try await withThrowingTaskGroup(of: (Int, Priority).self) { group in
            for (index, priority) in known.enumerated() {
                group.addTask {
                    let filter = query.filter(query.period).only { $0.priorities = [priority.id] }
                    let totals = try await ReportTotals.read(query, in: filter, from: reader)
                    return (index, Priority(name: priority.name, incidents: totals.incidents))
                }
            }
            var counted: [(Int, Priority)] = []
            for try await one in group { counted.append(one) }
            return counted.sorted { $0.0 < $1.0 }.map(\.1).filter { $0.incidents > 0 }
        }
    }

    func sentence(_ query: ReportQuery) -> Mrkdwn {
        let comparison = Comparison(query.frequency)
        guard now.incidents > 0 else {
            return before.incidents > 0
                ? "No incidents; \(comparison.past) had \(before.incidents)." : "No incidents, as \(comparison.past)."
        }
        let count = Figure.count(now.incidents, "incident")
        let pace = comparison.time(now.meanSecondsToAcknowledge, before.meanSecondsToAcknowledge)
        return "\(count), \(comparison.count(now.incidents, before.incidents))"
            + (pace.map { ", acknowledged \($0)" } ?? "") + "."
    }

    func chart(_ query: ReportQuery, subtitle: String) -> Chart? {
        var series = [
            Chart.Series("High urgency", days.map { Double($0.high) }, tone: .alarm),
            Chart.Series("Low urgency", days.map { Double($0.low) }, tone: .calm),
        ]
        if days.contains(where: { $0.before != nil }) {
            let name = Comparison(query.frequency).past
            series.append(
                Chart.Series(
                    name.prefix(1).uppercased() + name.dropFirst(), days.map { $0.before.map(Double.init) }, tone: .past
                ))
        }
        return .columns("Incidents by day", subtitle: subtitle, places: query.days.labels, series: series)
    }

    var figures: [NamedFigure] {
        guard now.incidents > 0 else { return [NamedFigure("Incidents", "0")] }
        return [
            NamedFigure("Incidents", Figure.count(now.incidents)),
            NamedFigure("Mean time to acknowledge", Chart.Unit.seconds.words(now.meanSecondsToAcknowledge)),
            NamedFigure("Mean time to resolve", Chart.Unit.seconds.words(now.meanSecondsToResolve)),
            NamedFigure("Escalations", Figure.count(now.escalations)),
            NamedFigure("Notifications", Figure.count(now.notifications)),
        ]
    }

    var lines: [Mrkdwn] {
        priorities.map { "• *\($0.name.escaped(limit: 100))*: \(Figure.count($0.incidents, "incident"))" }
    }
}
