import PluginAPI

extension Chart {
    /// Its rows of numbers as blocks, with the greatest behind each; for whatever is no row, the chart in words.
    var sparklines: String {
        guard let rows = rows else { return words }
        return rows.map { row in
            let greatest = row.values.compactMap { $0 }.max()
            return "\(Sparkline.text(row.values)) \(row.name), up to \(unit.words(greatest))"
        }.joined(separator: "\n")
    }
}
