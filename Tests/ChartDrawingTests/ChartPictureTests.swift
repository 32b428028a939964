import PluginAPI
import Testing

@testable import ChartDrawing

/// Where a chart's marks are.
struct ChartPictureTests {
    private func boxes(_ chart: Chart, _ tone: Chart.Tone) -> [Box] {
        ChartPicture(chart).marks.compactMap { mark in
            if case .box(let box, let color, _, _) = mark, color == Palette.color(tone) { box } else { nil }
        }
    }

    private func texts(_ chart: Chart) -> [String] {
        ChartPicture(chart).marks.compactMap { mark in
            if case .text(let text, _, _, _, _, _, _, _) = mark { text } else { nil }
        }
    }

    @Test func `a column is as high as its value`() {
        let chart = Chart.columns("Incidents", subtitle: "", places: ["Mon", "Tue"], series: [.init("All", [2, 4])])
        let columns = boxes(chart, .main)
        #expect(columns.count == 2)
        #expect(abs(columns[0].height * 2 - columns[1].height) < 0.001)
        #expect(columns[0].y + columns[0].height == columns[1].y + columns[1].height, "they stand on one line")
    }

    @Test func `series stand on each other`() throws {
        let chart = Chart.columns(
            "Incidents", subtitle: "", places: ["Mon"],
            series: [.init("High", [3], tone: .alarm), .init("Low", [1], tone: .calm)])
        // The first box of each colour is its sample in the legend.
        let (high, low) = (try #require(boxes(chart, .alarm).last), try #require(boxes(chart, .calm).last))
        #expect(abs(low.y + low.height - high.y) < 0.001)
        #expect(texts(chart).contains("4"), "the sum stands above them")
    }

    @Test func `the past is a line over the columns`() {
        let chart = Chart.columns(
            "Incidents", subtitle: "", places: ["Mon", "Tue"],
            series: [.init("Now", [1, 2]), .init("Before", [8, 3], tone: .past)])
        let lines = ChartPicture(chart).marks.filter { mark in
            if case .line(let points, _, _, true) = mark {
                points.count == 2 && points[0].x != points[1].x
            } else {
                false
            }
        }
        #expect(lines.count == 2, "in the legend and over the columns")
    }

    @Test func `a line is broken where there is no value`() {
        let chart = Chart.lines(
            "Time", subtitle: "", places: ["1", "2", "3", "4", "5"], series: [.init("Now", [1, 2, nil, 4, 5])])
        let runs = ChartPicture(chart).marks.filter { mark in
            if case .line(_, let color, _, _) = mark { color == Palette.color(.main) } else { false }
        }
        #expect(runs.count == 2)
    }

    @Test func `one kind of thing has no legend, two have one`() {
        let one = Chart.columns("Incidents", subtitle: "", places: ["Mon"], series: [.init("All of them", [1])])
        #expect(!texts(one).contains("All of them"))
        let two = Chart.columns(
            "Incidents", subtitle: "", places: ["Mon"],
            series: [.init("High", [1], tone: .alarm), .init("Low", [1], tone: .calm)])
        #expect(texts(two).contains("High") && texts(two).contains("Low"))
    }

    @Test func `a month's days have as many names as there is room for`() {
        let chart = Chart.columns(
            "Incidents", subtitle: "", places: (1...31).map { "\($0) Nov" },
            series: [.init("All", Array(repeating: 1, count: 31))])
        #expect(texts(chart).count { $0.hasSuffix(" Nov") } < 12)
    }

    @Test func `nothing is drawn outside the picture`() {
        for chart in Specimens.all {
            let picture = ChartPicture(chart)
            for case .box(let box, _, _, _) in picture.marks {
                #expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= ChartPicture.width + 0.01, "\(chart.title)")
                #expect(box.y + box.height <= picture.height + 0.01, "\(chart.title)")
            }
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, -5, 0, 1e300, .leastNonzeroMagnitude])
    func `no number breaks a picture`(value: Double) {
        let series = [Chart.Series("All", [value, 1, nil])]
        let charts = [
            Chart.columns("A", subtitle: "", places: ["a", "b", "c"], series: series, unit: .seconds),
            Chart.lines("B", subtitle: "", places: ["a", "b", "c"], series: series, unit: .percent),
            Chart.bars("C", subtitle: "", [.init("x", [.init("p", value)])]),
        ]
        for chart in charts {
            #expect(ChartPicture(chart).height > 0)
            #expect(PNGPainter.png(chart)?.isEmpty == false)
            #expect(!SVGPainter.svg(chart).contains("nan"))
            #expect(!chart.words.isEmpty)
        }
    }

    @Test func `the axis counts in round numbers`() {
        #expect(Scale(greatest: 12, unit: .count).ticks == [0, 5, 10, 15])
        #expect(Scale(greatest: 0, unit: .count).ticks == [0, 1])
        #expect(Scale(greatest: 3, unit: .count).ticks == [0, 1, 2, 3])
        #expect(Scale(greatest: 600, unit: .seconds).ticks == [0, 300, 600])
        #expect(Scale(greatest: 97, unit: .percent).top == 100)
    }
}
