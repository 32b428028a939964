import PluginAPI
import Testing

@testable import ChartDrawing

/// Charts as files, and in words.
struct ChartFileTests {
    @Test func `a chart is a PNG of twice its size`() throws {
        let png = try #require(PNGPainter.png(Specimens.week))
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        let width = png[16..<20].reduce(0) { $0 << 8 | Int($1) }
        let height = png[20..<24].reduce(0) { $0 << 8 | Int($1) }
        #expect(width == Int(ChartPicture.width) * 2)
        #expect(height == Int(ChartPicture(Specimens.week).height * 2))
        #expect(png.count < 200_000)
    }

    @Test func `the same chart is the same file`() {
        #expect(PNGPainter.png(Specimens.times) == PNGPainter.png(Specimens.times))
    }

    @Test func `what stands in a name is nothing but text`() {
        let hostile = "\"\u{301}<script>\u{338}&'\u{0}\u{2028}\u{202E}"
        let svg = SVGPainter.svg(Chart.bars(hostile, subtitle: hostile, [.init(hostile, [.init(hostile, 1)])]))
        #expect(!svg.contains("<script"))
        #expect(svg.utf8.count { $0 == UInt8(ascii: "<") } == svg.utf8.count { $0 == UInt8(ascii: ">") })
        #expect(!svg.unicodeScalars.contains("\u{0}"))
    }

    @Test func `a name of any length stays in its place`() {
        let long = String(repeating: "W", count: 40_000)
        #expect((PNGPainter.png(Chart.bars(long, subtitle: long, [.init(long, [.init(long, 1)])]))?.count ?? 0) > 0)
    }

    @Test func `the words hold every number`() {
        #expect(
            Specimens.services.words == """
                Services with most incidents, 17–23 Nov 2026. Checkout API: 20 · 42 min (High urgency 14, Low urgency 6). \
                Zahlungsabwicklung mit einem sehr langen Namen 🚀: 13 · 2 h (High urgency 4, Low urgency 9). \
                Search <b>"&': 1 · 5 min.
                """)
        #expect(Specimens.times.words.contains("This week: Mon 17 2 min, Tue 18 5 min, Wed 19 4 min, Thu 20 –"))
        #expect(Specimens.nothing.words.hasSuffix("No data."))
    }

    @Test func `numbers read as people say them`() {
        #expect(Chart.Unit.seconds.words(45) == "45 s")
        #expect(Chart.Unit.seconds.words(90) == "1 min 30 s")
        #expect(Chart.Unit.seconds.words(3_900) == "1 h 5 min")
        #expect(Chart.Unit.seconds.words(187_200) == "2 d 4 h")
        #expect(Chart.Unit.count.words(12) == "12")
        #expect(Chart.Unit.count.words(2.5) == "2.5")
        #expect(Chart.Unit.percent.words(42) == "42 %")
        #expect(Chart.Unit.count.words(nil) == "–")
        #expect(Chart.Unit.seconds.words(.nan) == "–")
    }
}
