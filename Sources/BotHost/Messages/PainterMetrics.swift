import BotStore
import Foundation
import Metrics
import SlackKit

/// What the painter counts, with the names that `docs/Operations.md` lists.
struct PainterMetrics: Sendable {
    /// A message is in Slack, edited there or taken away.
    func painted(_ work: String) {
        Counter(label: "bothost_messages_painted_total", dimensions: [("as", work)]).increment()
    }

    /// How long people have waited for a message that they see now for the first time.
    func seen(_ message: LiveMessage, at now: Date) {
        let waited = max(0, now.timeIntervalSince(message.createdAt))
        Metrics.Timer(label: "bothost_messages_wait_seconds", dimensions: [("lane", "\(message.lane)")])
            .recordNanoseconds(Int64(min(waited, 1e9) * 1e9))
    }

    /// How many messages wait to be shown, in all channels.
    func waiting(_ due: [DueMessages]) {
        let count = due.reduce(0) { $0 + $1.posts + $1.replies + $1.edits }
        Gauge(label: "bothost_messages_waiting").record(count)
    }

    func folded(_ count: Int) { Counter(label: "bothost_messages_folded_total").increment(by: count) }

    /// Whether a post was made whose confirmation was lost: `found`, `missing`, or `unknown`: then it may be there twice.
    func doubt(_ finding: String) {
        Counter(label: "bothost_messages_in_doubt_total", dimensions: [("finding", finding)]).increment()
    }

    func rerouted(_ code: String) { count("bothost_messages_rerouted_total", code) }
    func rerendered(_ fidelity: Fidelity, _ code: String) {
        Counter(
            label: "bothost_messages_rerendered_total",
            dimensions: [("as", fidelity.rawValue), ("error", Self.known(code))]
        ).increment()
    }
    func buried(_ code: String) { count("bothost_messages_given_up_total", code) }

    private func count(_ label: String, _ code: String) {
        Counter(label: label, dimensions: [("error", Self.known(code))]).increment()
    }

    /// A code comes from outside: only what is in the table becomes a label.
    private static func known(_ code: String) -> String { SlackErrorCode.isKnown(code) ? code : "other" }
}
