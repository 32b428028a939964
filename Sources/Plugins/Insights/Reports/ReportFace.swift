import PagerDutyKit
import PluginAPI

/// One of the things that a report tells: its numbers, which are worked out once for everybody who asks the same, and what
/// people see of them.
protocol ReportFace: Codable, Sendable, Equatable {
    /// Asks PagerDuty.
    static func read(_ query: ReportQuery, from reader: InsightsReader) async throws -> Self

    /// What changed and matters, in one sentence that the numbers bear out.
    func sentence(_ query: ReportQuery) -> Mrkdwn

    /// The picture; `nil` where there is nothing to see.
    func chart(_ query: ReportQuery, subtitle: String) -> Chart?

    /// The numbers that are named one by one.
    var figures: [NamedFigure] { get }

    /// The numbers of teams, services or people, a line each, the one that matters most first.
    var lines: [Mrkdwn] { get }
}

/// A number with its name: `*Escalations* 3`.
struct NamedFigure: Codable, Equatable {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
