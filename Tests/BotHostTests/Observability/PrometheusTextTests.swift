import Metrics
import Testing

@testable import BotHost

/// The page of figures is what Prometheus reads.
@Suite struct PrometheusTextTests {
    @Test func `each kind is written as its own, under one line of type`() {
        let figures = PrometheusText()
        figures.makeCounter(label: "requests_total", dimensions: [("kind", "slash")]).increment(by: 2)
        figures.makeCounter(label: "requests_total", dimensions: [("kind", "event")]).increment(by: 1)
        figures.makeMeter(label: "queue.depth", dimensions: []).set(2.5)
        figures.makeRecorder(label: "size", dimensions: [], aggregate: true).record(Int64(3))
        let page = figures.page()
        #expect(page.contains("# TYPE requests_total counter\nrequests_total{kind=\"event\"} 1\n"))
        #expect(page.contains("requests_total{kind=\"slash\"} 2\n"))
        #expect(page.split(separator: "\n").count { $0 == "# TYPE requests_total counter" } == 1)
        #expect(page.contains("# TYPE queue_depth gauge\nqueue_depth 2.5\n"))
        #expect(page.contains("size_sum 3.0\nsize_count 1\n"))
    }

    @Test func `the same series asked for twice is one, in whatever order its labels come`() {
        let figures = PrometheusText()
        figures.makeCounter(label: "c", dimensions: [("a", "1"), ("b", "2")]).increment(by: 1)
        figures.makeCounter(label: "c", dimensions: [("b", "2"), ("a", "1")]).increment(by: 1)
        #expect(figures.page() == "# TYPE c counter\nc{a=\"1\",b=\"2\"} 2\n")
    }

    @Test func `the buckets of a time hold everything below them`() {
        let figures = PrometheusText()
        let timer = figures.makeTimer(label: "seconds", dimensions: [])
        for nanoseconds: Int64 in [500_000, 30_000_000, 60_000_000_000] { timer.recordNanoseconds(nanoseconds) }
        let page = figures.page()
        #expect(page.contains("seconds_bucket{le=\"0.001\"} 1\n"))
        #expect(page.contains("seconds_bucket{le=\"0.05\"} 2\n"))
        #expect(page.contains("seconds_bucket{le=\"10.0\"} 2\n"))
        #expect(page.contains("seconds_bucket{le=\"+Inf\"} 3\n"))
        #expect(page.contains("seconds_count 3\n"))
    }

    @Test func `names and labels from outside cannot begin a line of their own`() {
        let figures = PrometheusText()
        figures.makeCounter(label: "9 lives\nevil 1", dimensions: [("l\"", "a\"b\\c\nevil 2")]).increment(by: 1)
        let lines = figures.page().split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.last == #"_9_lives_evil_1{l_="a\"b\\c\nevil 2"} 1"#)
    }

    @Test func `figures that are no numbers are written as Prometheus has them`() {
        let figures = PrometheusText()
        figures.makeMeter(label: "a", dimensions: []).set(Double.nan)
        figures.makeMeter(label: "b", dimensions: []).set(Double.infinity)
        figures.makeMeter(label: "c", dimensions: []).set(-Double.infinity)
        #expect(figures.page().contains("a NaN\n"))
        #expect(figures.page().contains("b +Inf\n"))
        #expect(figures.page().contains("c -Inf\n"))
    }
}
