import PluginAPI

/// What the colours mean, in a row above the chart.
struct Legend {
    private let entries: [(name: String, tone: Chart.Tone)]

    init(_ chart: Chart) {
        var entries: [(name: String, tone: Chart.Tone)] = []
        func add(_ name: String, _ tone: Chart.Tone) {
            if !entries.contains(where: { $0.name == name }) { entries.append((name, tone)) }
        }
        switch chart.form {
        case .columns(_, let series), .lines(_, let series): for one in series { add(one.name, one.tone) }
        case .bars(let bars): for bar in bars { for part in bar.parts { add(part.name, part.tone) } }
        }
        self.entries = Array(entries.prefix(5))
    }

    /// One kind of thing needs no explanation: the title names it.
    var isNeeded: Bool { entries.count > 1 }

    func marks(y: Double) -> [Mark] {
        let margin = ChartPicture.margin
        let step = (ChartPicture.width - 2 * margin) / Double(max(3, entries.count))
        return entries.enumerated().flatMap { index, entry -> [Mark] in
            let x = margin + step * Double(index)
            let color = Palette.color(entry.tone)
            let sample: Mark =
                entry.tone == .past
                ? .line([Point(x: x, y: y + 9), Point(x: x + 14, y: y + 9)], color, width: 2.5, isDashed: true)
                : .box(Box(x: x, y: y + 3, width: 12, height: 12), color, radius: 2)
            return [
                sample,
                .text(
                    entry.name, x: x + 20, y: y + 14, size: 14, weight: .plain, Palette.faint, anchor: .start,
                    width: step - 26),
            ]
        }
    }
}
