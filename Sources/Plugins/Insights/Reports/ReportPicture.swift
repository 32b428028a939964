import PluginAPI

/// A report's chart in Slack: a file where the app may upload one, else the numbers as text.
enum ReportPicture {
    case file(SlackFile, alt: String)
    case text(String)
    case nothing

    /// Slack refuses uploads where the scope is missing or an administrator has forbidden them; a report without a picture is
    /// still a report. Whatever passes is tried again with the job.
    init(_ chart: Chart?, _ report: Report, _ shelf: ReportShelf, _ context: Context<InsightsPlugin>) async throws {
        guard let chart else {
            self = .nothing
            return
        }
        do {
            let key = "file/\(report.view.rawValue)/\(report.query.key)/\(chart.subtitle)"
            let file = try await shelf.value(key, as: SlackFile.self) { try await context.slack.upload(chart) }
            self = .file(file, alt: chart.words)
        } catch let error as SlackError where !Self.passes(error) {
            self = .text(chart.sparklines)
        }
    }

    private static func passes(_ error: SlackError) -> Bool {
        ["rate_limited", "ratelimited", "timeout", "unreachable", "internal_error", "service_unavailable"]
            .contains(error.code)
    }

    var blocks: [Block] {
        switch self {
        case .file(let file, let alt): [.image(file: file, alt: Self.clip(alt, to: 1_900))]
        case .text(let text): text.isEmpty ? [] : [.section(.plain(Self.clip(text, to: 2_900)))]
        case .nothing: []
        }
    }

    private static func clip(_ text: String, to limit: Int) -> String {
        text.utf16.count <= limit ? text : String(text.prefix(limit / 2)) + "…"
    }
}
