import PluginAPI

/// Bars one below the other, each with its label before it and its number behind it.
struct BarLayout {
    static let rowHeight = 34.0
    static let labelWidth = 170.0
    static let noteWidth = 96.0

    private let body: ChartPicture.Body
    private let bars: [Chart.Bar]
    private let unit: Chart.Unit

    init(_ body: ChartPicture.Body, bars: [Chart.Bar], unit: Chart.Unit) {
        self.body = body
        self.bars = bars
        self.unit = unit
    }

    private static func length(_ part: Chart.Bar.Part) -> Double { part.value.isFinite ? max(0, part.value) : 0 }
    private static func sum(_ bar: Chart.Bar) -> Double { bar.parts.reduce(0) { $0 + length($1) } }

    var marks: (marks: [Mark], height: Double) {
        guard !bars.isEmpty else {
            let nothing = Mark.text(
                "Nothing in this period", x: ChartPicture.width / 2, y: body.top + 28, size: 15, weight: .plain,
                Palette.faint, anchor: .middle, width: ChartPicture.width - 2 * ChartPicture.margin)
            return ([nothing], Self.rowHeight)
        }
        let left = body.left + Self.labelWidth
        let room = body.right - left - Self.noteWidth
        let greatest = bars.map(Self.sum).max() ?? 0
        var marks: [Mark] = []
        for (index, bar) in bars.enumerated() {
            let y = body.top + 6 + Self.rowHeight * Double(index)
            marks.append(
                .text(
                    bar.label, x: left - 10, y: y + 19, size: 14, weight: .plain, Palette.ink, anchor: .end,
                    width: Self.labelWidth - 10))
            var x = left
            for part in bar.parts where greatest > 0 {
                let width = room * Self.length(part) / greatest
                guard width > 0 else { continue }
                marks.append(
                    .box(
                        Box(x: x, y: y + 4, width: max(1.5, width), height: 20), Palette.color(part.tone),
                        edge: Palette.ground))
                x += width
            }
            marks.append(
                .text(
                    bar.note ?? unit.words(Self.sum(bar)), x: x + 8, y: y + 19, size: 14, weight: .bold, Palette.ink,
                    anchor: .start, width: body.right - x - 8))
        }
        marks.append(
            .line(
                [
                    Point(x: left, y: body.top + 4),
                    Point(x: left, y: body.top + 8 + Self.rowHeight * Double(bars.count)),
                ],
                Palette.faint, width: 1))
        return (marks, Self.rowHeight * Double(bars.count) + 10)
    }
}
