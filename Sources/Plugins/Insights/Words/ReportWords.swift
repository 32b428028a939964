import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// What a report is about, in words.
enum ReportWords {
    /// Teams or services, linked where PagerDuty has a page for them.
    static func about(_ subscription: Subscription) -> Mrkdwn {
        subscription.subjects.map { subject in
            subject.link.map { Mention.link($0, subject.name) } ?? subject.name.escaped()
        }.joined(separator: ", ").clipped(to: 1_900)
    }

    /// "2–8 Jun 2025" in the subscription's own zone: the days it is about are the same for every reader.
    static func days(_ report: Report) -> String {
        let calendar = report.subscription.rhythm.calendar
        func parts(_ date: Date) -> (day: Int, month: String, year: Int) {
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            let month = parts.month.map { $0 - 1 } ?? 0
            return (parts.day ?? 1, months.indices.contains(month) ? months[month] : "", parts.year ?? 0)
        }
        let (first, last) = (parts(report.period.lowerBound), parts(report.period.upperBound - 1))
        if first == last { return "\(first.day) \(first.month) \(first.year)" }
        if (first.month, first.year) == (last.month, last.year) {
            return "\(first.day)–\(last.day) \(last.month) \(last.year)"
        }
        let year = first.year == last.year ? "" : " \(first.year)"
        return "\(first.day) \(first.month)\(year) – \(last.day) \(last.month) \(last.year)"
    }

    /// Under a chart's title: the days and whose they are.
    static func subtitle(_ report: Report) -> String {
        "\(days(report)) · \(report.subscription.subjectNames)"
    }
}
