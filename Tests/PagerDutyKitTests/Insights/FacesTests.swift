import FoundationEssentials
import PagerDutyKit
import PluginAPI
import Testing

@testable import InsightsPlugin

/// What reports make of numbers, worked out by hand.
@Suite struct FacesTests {
    static func query(_ frequency: Rhythm.Frequency = .weekly) throws -> ReportQuery {
        let rhythm = RhythmTests.rhythm(frequency)
        let subscription = Subscription(
            id: "V1", person: Person(id: "U1", teamID: "T1"),
            teams: [.init(id: try #require(PagerDuty.ID("PSRE")), name: "SRE")], rhythm: rhythm, nextAt: Date())
        return ReportQuery(subscription, period: rhythm.period(before: try RhythmTests.date("2025-06-16T07:00:00Z")))
    }

    static func totals(_ incidents: Int, ack: Double? = nil, resolve: Double? = nil, sleep: Int = 0) -> ReportTotals {
        var totals = ReportTotals()
        totals.incidents = incidents
        totals.meanSecondsToAcknowledge = ack
        totals.meanSecondsToResolve = resolve
        totals.interruptions.sleep = sleep
        totals.interruptions.business = max(0, incidents - sleep)
        return totals
    }

    static func activity(_ now: ReportTotals, _ before: ReportTotals) -> IncidentActivity {
        IncidentActivity(
            now: now, before: before, days: (0..<7).map { .init(high: $0, low: 1, before: 2) }, priorities: [])
    }

    @Test(arguments: [
        (
            totals(12, ack: 300), totals(8, ack: 180),
            "12 incidents, 4 more than the week before, acknowledged 2 min slower."
        ),
        (totals(1, ack: 100), totals(3, ack: 110), "1 incident, 2 fewer than the week before."),
        (
            totals(5, ack: 60), totals(5, ack: 600),
            "5 incidents, as many as the week before, acknowledged 9 min faster."
        ),
        (totals(0), totals(7), "No incidents; the week before had 7."),
        (totals(0), totals(0), "No incidents, as the week before."),
        (totals(10_000, ack: 1), totals(1), "10000 incidents, 9999 more than the week before."),
    ])
    func `what changed in a period`(now: ReportTotals, before: ReportTotals, words: String) throws {
        #expect(Self.activity(now, before).sentence(try Self.query()).source == words)
    }

    @Test func `the chart of activity has a column for each day and the week before as a line`() throws {
        let query = try Self.query()
        let chart = try #require(Self.activity(Self.totals(28), Self.totals(14)).chart(query, subtitle: "SRE"))
        #expect(chart.rows?.map(\.name) == ["High urgency", "Low urgency", "The week before"])
        #expect(chart.rows?.first?.values == [0, 1, 2, 3, 4, 5, 6])
        #expect(query.days.labels == ["Mon 9", "Tue 10", "Wed 11", "Thu 12", "Fri 13", "Sat 14", "Sun 15"])
    }

    @Test func `a single day is shown with the week that it ends`() throws {
        let query = try Self.query(.daily)
        #expect(query.days.names == (9...15).map { "2025-06-\($0 < 10 ? "0" : "")\($0)" })
        #expect(query.before.upperBound == query.period.lowerBound)
    }

    @Test func `a month has a column for each of its days`() throws {
        let query = try Self.query(.monthly)
        #expect(query.days.labels.count == 31)
        #expect(query.days.labels.last == "31")
    }

    @Test func `the service that caused most is named, and the slowest`() throws {
        let services = ServicePerformance(
            services: [
                .init(name: "Checkout", high: 5, low: 1, meanSecondsToResolve: 600),
                .init(name: "Search & <b>", high: 1, low: 3, meanSecondsToResolve: 7_200),
            ], now: Self.totals(10, resolve: 3_240), before: Self.totals(10, resolve: 1_800))
        #expect(
            services.sentence(try Self.query()).source
                == "*Checkout* caused 60 % of all incidents; *Search &amp; &lt;b&gt;* took longest to resolve, 2 h on average. "
                + "All in all, incidents were resolved 24 min slower.")
    }

    @Test func `no service, one service`() throws {
        let query = try Self.query()
        let none = ServicePerformance(services: [], now: Self.totals(0), before: Self.totals(0))
        #expect(none.sentence(query).source == "No service had an incident.")
        #expect(none.chart(query, subtitle: "") == nil)
        let one = ServicePerformance(
            services: [.init(name: "Checkout", high: 1)], now: Self.totals(1), before: Self.totals(1))
        #expect(one.sentence(query).source == "All 1 incident came from *Checkout*.")
    }

    @Test func `whoever bears most of the interruptions is named`() throws {
        var people = [TeamHealth.Person(name: "Ada", interruptions: Interruptions())]
        people[0].interruptions.sleep = 3
        people.append(TeamHealth.Person(name: "Ben", interruptions: Interruptions()))
        people[1].interruptions.business = 2
        let health = TeamHealth(now: Self.totals(5, sleep: 3), before: Self.totals(2), people: people)
        #expect(
            health.sentence(try Self.query()).source
                == "5 interruptions, 3 more than the week before; 3 in sleep hours. *Ada* bore 60 % of them.")
        let nobody = TeamHealth(now: Self.totals(0), before: Self.totals(0), people: nil)
        #expect(nobody.sentence(try Self.query()).source == "Nobody was interrupted.")
        #expect(nobody.chart(try Self.query(), subtitle: "") == nil)
    }

    @Test func `hours on call are fair, or they are not`() throws {
        let query = try Self.query()
        func load(_ hours: [(String, Double)]) -> OnCallLoad {
            OnCallLoad(people: hours.map { .init(name: $0.0, firstLevelSeconds: $0.1 * 3_600, otherSeconds: 0) })
        }
        #expect(
            load([("Ada", 60), ("Ben", 55), ("Cleo", 53)]).sentence(query).source
                == "3 people share being on call evenly, about 2 d 8 h each.")
        #expect(
            load([("Ada", 120), ("Ben", 40)]).sentence(query).source
                == "*Ada* carried 75 % of the hours on call, 5 d; *Ben* 40 h.")
        #expect(load([("Ada", 168)]).sentence(query).source == "*Ada* was on call alone, for 7 d.")
        #expect(load([]).sentence(query).source == "Nobody was on call.")
        #expect(OnCallLoad(people: nil).sentence(query).source == "Hours on call are not yours to see in PagerDuty.")
    }

    @Test func `blocks stand for numbers where there is no picture`() {
        #expect(Sparkline.text([0, 1, 2, 4, 7]) == "▁▂▃▅█")
        #expect(Sparkline.text([nil, 0]) == "  ")
        #expect(Sparkline.text([]) == "")
        #expect(Sparkline.text([.nan, .infinity, -1, 1]) == "   █")
    }
}
