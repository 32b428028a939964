import PluginAPI

/// The axis of values: from zero to a round number over the greatest one, with round numbers in between.
struct Scale {
    let top: Double
    let ticks: [Double]

    /// - Parameter greatest: Of the values that are shown; nothing below zero is.
    init(greatest: Double, unit: Chart.Unit) {
        let wanted = greatest.isFinite && greatest > 0 ? greatest : 1
        let step = Self.step(for: wanted / 4, unit)
        let count = max(1, (wanted / step).rounded(.up))
        top = step * count
        ticks = (0...Int(count)).map { step * Double($0) }
    }

    /// The least round step that is not under what is wanted.
    private static func step(for wanted: Double, _ unit: Chart.Unit) -> Double {
        if unit == .seconds, let step = timeSteps.first(where: { $0 >= wanted }) { return step }
        if unit == .percent, let step = [5.0, 10, 20, 25].first(where: { $0 >= wanted }) { return step }
        var power = 1.0
        while power * 10 <= wanted { power *= 10 }
        let round = [1.0, 2, 5, 10].first { $0 * power >= wanted } ?? 10
        // Things are whole.
        return max(1, round * power)
    }

    private static let timeSteps: [Double] =
        [
            1, 5, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400, 172_800, 432_000,
            864_000,
        ]
}
