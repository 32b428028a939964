import PluginAPI

/// A chart over places in a row: columns or lines above an axis with their names.
struct PlaceLayout {
    static let plotHeight = 190.0
    static let axisHeight = 28.0
    /// Room for the numbers of the axis.
    static let scaleWidth = 62.0

    private let body: ChartPicture.Body
    private let places: [String]
    private let series: [Chart.Series]
    private let unit: Chart.Unit

    init(_ body: ChartPicture.Body, places: [String], series: [Chart.Series], unit: Chart.Unit) {
        self.body = body
        self.places = places
        self.series = series
        self.unit = unit
    }

    private var top: Double { body.top + 10 }
    private var left: Double { body.left + Self.scaleWidth }
    private var width: Double { body.right - left }
    private var slot: Double { width / Double(max(1, places.count)) }
    private var bottom: Double { top + Self.plotHeight }
    private var height: Double { Self.plotHeight + Self.axisHeight + 10 }

    private func middle(_ index: Int) -> Double { left + slot * (Double(index) + 0.5) }
    private func y(_ value: Double, _ scale: Scale) -> Double { bottom - Self.plotHeight * value / scale.top }

    /// What is shown of a value: nothing below zero, and nothing that is no number.
    private func shown(_ series: Chart.Series, _ index: Int) -> Double? {
        guard series.values.indices.contains(index), let value = series.values[index], value.isFinite else {
            return nil
        }
        return max(0, value)
    }

    var columns: (marks: [Mark], height: Double) {
        let stacked = series.filter { $0.tone != .past }
        let past = series.filter { $0.tone == .past }
        let sums = places.indices.map { index in stacked.reduce(0) { $0 + (shown($1, index) ?? 0) } }
        let scale = Scale(greatest: max(sums.max() ?? 0, greatest(of: past)), unit: unit)
        var marks = frame(scale)
        let thick = min(44, slot * 0.72)
        for index in places.indices {
            var base = 0.0
            for one in stacked {
                guard let value = shown(one, index), value > 0 else { continue }
                let high = y(base + value, scale)
                let box = Box(x: middle(index) - thick / 2, y: high, width: thick, height: y(base, scale) - high)
                marks.append(.box(box, Palette.color(one.tone), edge: Palette.ground))
                base += value
            }
            if base > 0, places.count <= 14 {
                marks.append(
                    .text(
                        unit.words(base), x: middle(index), y: y(base, scale) - 5, size: 13, weight: .bold, Palette.ink,
                        anchor: .middle, width: slot))
            }
        }
        for one in past { marks += line(one, scale) }
        return (marks, height)
    }

    var lines: (marks: [Mark], height: Double) {
        let scale = Scale(greatest: greatest(of: series), unit: unit)
        // The past lies under the present.
        let ordered = series.filter { $0.tone == .past } + series.filter { $0.tone != .past }
        return (frame(scale) + ordered.flatMap { line($0, scale) }, height)
    }

    private func greatest(of series: [Chart.Series]) -> Double {
        series.flatMap { one in places.indices.compactMap { shown(one, $0) } }.max() ?? 0
    }

    /// A line with a dot at each value; it is broken where there is none.
    private func line(_ one: Chart.Series, _ scale: Scale) -> [Mark] {
        let color = Palette.color(one.tone)
        let isPast = one.tone == .past
        var marks: [Mark] = []
        var run: [Point] = []
        func end() {
            if run.count > 1 { marks.append(.line(run, color, width: 2.5, isDashed: isPast)) }
            if !isPast || run.count == 1 { marks += run.map { .dot($0, color, radius: places.count <= 31 ? 3.5 : 2) } }
            run = []
        }
        for index in places.indices {
            guard let value = shown(one, index) else {
                end()
                continue
            }
            run.append(Point(x: middle(index), y: y(value, scale)))
        }
        end()
        return marks
    }

    /// The lines of the scale with their numbers, and the names of the places: as many as there is room for.
    private func frame(_ scale: Scale) -> [Mark] {
        var marks: [Mark] = []
        for tick in scale.ticks {
            let height = y(tick, scale)
            marks.append(
                .line(
                    [Point(x: left, y: height), Point(x: body.right, y: height)],
                    tick == 0 ? Palette.faint : Palette.grid, width: 1))
            marks.append(
                .text(
                    unit.words(tick), x: left - 8, y: height + 5, size: 13, weight: .plain, Palette.faint, anchor: .end,
                    width: Self.scaleWidth - 8))
        }
        let longest = places.map { Double($0.count) * 8 + 8 }.max() ?? 1
        let every = max(1, Int((longest / slot).rounded(.up)))
        for index in stride(from: 0, to: places.count, by: every) {
            marks.append(
                .text(
                    places[index], x: middle(index), y: bottom + 20, size: 13, weight: .plain, Palette.faint,
                    anchor: .middle, width: slot * Double(every)))
        }
        return marks
    }
}
