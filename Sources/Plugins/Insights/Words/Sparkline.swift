/// Numbers as a row of blocks, where no picture can be shown: `▂▄▁█`.
enum Sparkline {
    private static let blocks = Array("▁▂▃▄▅▆▇█")

    static func text(_ values: [Double?]) -> String {
        let greatest = values.compactMap { $0 }.filter(\.isFinite).max() ?? 0
        return String(
            values.map { value in
                guard let value, value.isFinite, value >= 0, greatest > 0 else { return " " }
                let step = Int((value / greatest * Double(blocks.count - 1)).rounded())
                return blocks[min(max(step, 0), blocks.count - 1)]
            })
    }
}
