import ChartDrawing
import PluginAPI

extension PluginServices {
    func upload(_ chart: Chart, for core: ContextCore) async throws -> SlackFile {
        let served = try await served(core)
        guard let png = PNGPainter.png(chart) else { throw SlackError(code: "chart_not_drawn") }
        return try await files.upload(
            FileUpload.Picture(name: "chart.png", title: chart.title, alt: chart.words, bytes: png), as: served)
    }
}
