/// One of Slack's rules that a message or view does not keep.
public struct BlockKitFault: Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: Sendable, Hashable {
        /// Slack will refuse it, or cut it.
        case error
        /// Slack may refuse it, or advises against it.
        case warning
    }

    /// Where, in Slack's names: `blocks[3].elements[0].text.text`.
    public let place: String
    /// What is wrong, with the figures.
    public let problem: String
    /// How to put it right.
    public let mend: String
    /// How bad it is.
    public let severity: Severity

    package init(place: String, problem: String, mend: String, severity: Severity = .error) {
        self.place = place
        self.problem = problem
        self.mend = mend
        self.severity = severity
    }

    /// Place, problem and mend in one line.
    public var description: String { "\(place): \(problem); \(mend)" }
}
