import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A report as a message, with buttons for its other faces.
struct ReportMessage {
    enum Action {
        static let view = "report-"
    }
    static let mostRows = 15

    let report: Report
    let data: Report.Data

    init(_ report: Report, _ data: Report.Data) {
        self.report = report
        self.data = data
    }

    var message: Message {
        let incidents = Figure.count(data.total?.incidents ?? 0, "incident")
        let line: Mrkdwn = "\(report.view.name), \(days): \(incidents) for \(report.subscription.teamNames)"
        return Message(line.clipped(to: 1_000)) {
            Block.header("\(report.view.name) · \(days)")
            Block.context(["\(teams)"])
            Block.section(fields: figures.map { .mrkdwn("*\($0.name)*\n\($0.value)") })
            if !rows.isEmpty { Block.section(.mrkdwn(rows.joined(separator: "\n").clipped(to: 2_900)), expand: true) }
            Block.context(["PagerDuty's figures can be up to a day old. \(report.subscription.schedule)"])
            Block.actions(buttons)
        }
    }

    private var teams: Mrkdwn {
        report.subscription.teams.map { team in
            team.link.map { Mention.link($0, team.name) } ?? team.name.escaped()
        }.joined(separator: ", ").clipped(to: 1_900)
    }

    private var figures: [(name: String, value: String)] {
        guard let total = data.total, (total.incidents ?? 0) > 0 else { return [("Incidents", "0")] }
        let common = [
            ("Incidents", Figure.count(total.incidents)),
            ("Mean time to acknowledge", Figure.time(total.meanSecondsToFirstAck)),
            ("Mean time to resolve", Figure.time(total.meanSecondsToResolve)),
        ]
        let special =
            switch report.view {
            case .activity:
                [
                    ("Escalations", Figure.count(total.escalations)),
                    ("Notifications", Figure.count(total.notifications)),
                ]
            case .services: [("Mean time to mobilize", Figure.time(total.meanSecondsToMobilize))]
            case .teams:
                [
                    ("Interruptions in business hours", Figure.count(total.businessHourInterruptions)),
                    ("Interruptions off hours", Figure.count(total.offHourInterruptions)),
                    ("Interruptions in sleep hours", Figure.count(total.sleepHourInterruptions)),
                    ("Time engaged", Figure.time(total.engagedSeconds)),
                ]
            }
        return common + special
    }

    private var rows: [Mrkdwn] {
        let sorted = data.rows.sorted { ($0.incidents ?? 0) > ($1.incidents ?? 0) }
        var rows = sorted.prefix(Self.mostRows).map(row)
        if sorted.count > Self.mostRows { rows.append("and \(sorted.count - Self.mostRows) more") }
        return rows
    }

    private func row(_ metrics: PagerDuty.IncidentMetrics) -> Mrkdwn {
        let figures =
            switch report.view {
            case .activity: Figure.count(metrics.escalations, "escalation")
            case .services:
                "resolved in \(Figure.time(metrics.meanSecondsToResolve)), up \(Figure.percent(metrics.upTimePercent))"
            case .teams:
                "acknowledged in \(Figure.time(metrics.meanSecondsToFirstAck)), "
                    + Figure.count(metrics.interruptions, "interruption")
            }
        let name = (report.view == .services ? metrics.serviceName : metrics.teamName) ?? "Others"
        return "• *\(name.escaped(limit: 150))*: \(Figure.count(metrics.incidents, "incident")), \(figures)"
    }

    private var buttons: [Element] {
        Report.View.allCases.map { view in
            .button(
                view.name, action: Action.view + view.rawValue,
                value: ReportTurn.value(report.subscription.id, report.period),
                style: view == report.view ? .primary : .standard)
        } + [.button("Manage Subscriptions", action: SubscriptionList.Action.manage)]
    }

    /// "2–8 Jun 2025" in the subscription's own zone: the days it is about are the same for every reader.
    private var days: String {
        let calendar = report.subscription.rhythm.calendar
        func parts(_ date: Date) -> (day: Int, month: String, year: Int) {
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            let month = parts.month.map { $0 - 1 } ?? 0
            return (parts.day ?? 1, months.indices.contains(month) ? months[month] : "", parts.year ?? 0)
        }
        let (first, last) = (parts(report.period.lowerBound), parts(report.period.upperBound - 1))
        if (first.month, first.year) == (last.month, last.year) {
            return "\(first.day)–\(last.day) \(last.month) \(last.year)"
        }
        let year = first.year == last.year ? "" : " \(first.year)"
        return "\(first.day) \(first.month)\(year) – \(last.day) \(last.month) \(last.year)"
    }
}
