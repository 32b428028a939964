import PagerDutyKit
import PluginAPI

/// Which services have most incidents, and how long they take.
struct ServicePerformance: ReportFace {
    struct Service: Codable, Equatable {
        var name: String
        var high = 0
        var low = 0
        var meanSecondsToAcknowledge: Double?
        var meanSecondsToResolve: Double?
        var upTimePercent: Double?

        var incidents: Int { high + low }
    }

    static let mostLines = 15

    /// The one with most incidents first.
    var services: [Service]
    var now: ReportTotals
    var before: ReportTotals

    static func read(_ query: ReportQuery, from reader: InsightsReader) async throws -> Self {
        let filter = query.filter(query.period)
        async let rows = reader.read(.incidentMetrics(by: .service, filter)).rows
        async let high = reader.read(.incidentMetrics(by: .service, filter.only { $0.urgency = .high })).rows
        async let now = ReportTotals.read(query, in: filter, from: reader)
        async let before = ReportTotals.read(query, in: query.filter(query.before), from: reader)
        let highs = Dictionary(
            try await high.compactMap { row in row.service.map { ($0, row.incidents ?? 0) } }, uniquingKeysWith: +)
        let services = try await rows.map { row in
            let all = row.incidents ?? 0
            let high = min(all, row.service.flatMap { highs[$0] } ?? 0)
            return Service(
                name: row.serviceName ?? "Others", high: high, low: all - high,
                meanSecondsToAcknowledge: row.meanSecondsToFirstAck, meanSecondsToResolve: row.meanSecondsToResolve,
                upTimePercent: row.upTimePercent)
        }
        return Self(
            services: services.sorted { ($1.incidents, $0.name) < ($0.incidents, $1.name) }, now: try await now,
            before: try await before)
    }

    func sentence(_ query: ReportQuery) -> Mrkdwn {
        guard let most = services.first, most.incidents > 0 else { return "No service had an incident." }
        let pace = Comparison(query.frequency).time(now.meanSecondsToResolve, before.meanSecondsToResolve)
        var words: Mrkdwn
        if services.count == 1 {
            words = "All \(Figure.count(most.incidents, "incident")) came from *\(most.name.escaped(limit: 100))*"
        } else {
            let share = Comparison.share(most.incidents, of: services.reduce(0) { $0 + $1.incidents }) ?? 0
            words = "*\(most.name.escaped(limit: 100))* caused \(share) % of all incidents"
        }
        if let slowest, slowest.name != most.name || services.count == 1, let seconds = slowest.meanSecondsToResolve {
            words +=
                "; *\(slowest.name.escaped(limit: 100))* took longest to resolve, "
                + "\(Chart.Unit.seconds.words(seconds)) on average"
        }
        return words + (pace.map { ". All in all, incidents were resolved \($0)." } ?? ".")
    }

    private var slowest: Service? {
        services.filter { $0.meanSecondsToResolve != nil && $0.incidents > 0 }
            .max { ($0.meanSecondsToResolve ?? 0) < ($1.meanSecondsToResolve ?? 0) }
    }

    func chart(_ query: ReportQuery, subtitle: String) -> Chart? {
        let bars = services.prefix(8).map { service in
            Chart.Bar(
                service.name,
                [
                    .init("High urgency", Double(service.high), tone: .alarm),
                    .init("Low urgency", Double(service.low), tone: .calm),
                ],
                note: "\(service.incidents) · \(Chart.Unit.seconds.words(service.meanSecondsToResolve))")
        }
        guard !bars.isEmpty else { return nil }
        return .bars("Services: incidents · time to resolve", subtitle: subtitle, bars)
    }

    var figures: [NamedFigure] {
        guard now.incidents > 0 else { return [NamedFigure("Incidents", "0")] }
        return [
            NamedFigure("Incidents", Figure.count(now.incidents)),
            NamedFigure("Services", Figure.count(services.count)),
            NamedFigure("Mean time to acknowledge", Chart.Unit.seconds.words(now.meanSecondsToAcknowledge)),
            NamedFigure("Mean time to resolve", Chart.Unit.seconds.words(now.meanSecondsToResolve)),
        ]
    }

    var lines: [Mrkdwn] {
        var lines: [Mrkdwn] = services.prefix(Self.mostLines).map { service in
            "• *\(service.name.escaped(limit: 150))*: \(Figure.count(service.incidents, "incident")), "
                + "acknowledged in \(Chart.Unit.seconds.words(service.meanSecondsToAcknowledge)), "
                + "resolved in \(Chart.Unit.seconds.words(service.meanSecondsToResolve)), "
                + "up \(Figure.percent(service.upTimePercent))"
        }
        if services.count > Self.mostLines { lines.append("and \(services.count - Self.mostLines) more") }
        return lines
    }
}
