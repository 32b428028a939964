import FoundationEssentials
import PagerDutyKit

/// What a report is about: whose incidents, and which time, with the time of the same length before it to compare with.
struct ReportQuery: Equatable {
    let teams: [PagerDuty.ID]
    let services: [PagerDuty.ID]
    let frequency: Rhythm.Frequency
    let period: Range<Date>
    let before: Range<Date>
    /// The days that a chart shows: those of the period, and for a single day the week that it ends.
    let days: ReportDays

    init(_ subscription: Subscription, period: Range<Date>) {
        teams = subscription.teams.map(\.id)
        services = (subscription.services ?? []).map(\.id)
        let rhythm = subscription.rhythm
        frequency = rhythm.frequency
        self.period = period
        before = rhythm.period(before: period)
        days = ReportDays(
            rhythm.frequency == .daily ? rhythm.week(endingWith: period) : period, zone: rhythm.zone)
    }

    /// For PagerDuty.
    func filter(_ period: Range<Date>) -> AnalyticsFilter {
        AnalyticsFilter(period: period, teams: teams, services: services, timeZone: days.zone)
    }

    /// One row over everything that the report is about.
    var all: PagerDuty.MetricsTable.Rows { services.isEmpty ? .allTeams : .allServices }

    /// The same question has the same key, whoever asks it.
    var key: String {
        let subjects = (teams + services).map(\.value).sorted().joined(separator: ",")
        let times = [period.lowerBound, period.upperBound].map { "\(Int64($0.timeIntervalSince1970))" }
        return "\(subjects)/\(times.joined(separator: "-"))/\(frequency.rawValue)/\(days.zone)"
    }
}
