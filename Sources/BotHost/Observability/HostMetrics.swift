import Metrics
import SlackKit
import Synchronization

/// What the host counts, with the names that `docs/Operations.md` lists.
///
/// Counters on the way of a request are made once; looking one up by its labels costs more than counting.
final class HostMetrics: Sendable {
    private let requests: [String: Counter]
    private let unverified = Counter(label: "bothost_slack_requests_unverified_total")
    private let undecodable = Counter(label: "bothost_slack_requests_undecodable_total")
    private let late = Counter(label: "bothost_replies_late_total")
    private let refusedURLs = Counter(label: "bothost_response_urls_refused_total")
    private let acknowledged = Metrics.Timer(label: "bothost_slack_acknowledge_seconds")
    private let calls = Mutex<[String: Counter]>([:])

    init() {
        requests = Dictionary(
            uniqueKeysWithValues: Self.kinds.map {
                ($0, Counter(label: "bothost_slack_requests_total", dimensions: [("kind", $0)]))
            })
    }

    static let kinds = SlackRequest.knownKinds + ["unknown"]

    func request(_ kind: String) { (requests[kind] ?? requests["unknown"])?.increment() }
    func unverifiedRequest() { unverified.increment() }
    func undecodableRequest() { undecodable.increment() }
    func lateReply() { late.increment() }
    func refusedResponseURL() { refusedURLs.increment() }
    func acknowledge(in duration: Duration) {
        acknowledged.recordNanoseconds(Int64(clamping: Int128(duration / .nanoseconds(1))))
    }

    /// A request for which no plugin has a route.
    func unrouted(_ kind: String) {
        counter("bothost_slack_requests_unrouted_total", ("kind", kind)).increment()
    }

    func slackCall(_ method: String, outcome: String) {
        counter("bothost_slack_calls_total", ("method", method), ("outcome", Self.code(outcome))).increment()
    }

    /// A service did not answer several times in a row, and is left alone for some seconds.
    func breakerOpened(_ service: String) {
        counter("bothost_breakers_opened_total", ("service", service)).increment()
    }

    func accountCall(_ provider: String, status: String) {
        counter("bothost_account_calls_total", ("provider", provider), ("status", status)).increment()
    }

    func handlerFailed(_ plugin: String) {
        counter("bothost_handler_failures_total", ("plugin", plugin)).increment()
    }

    func delivery(_ source: String, outcome: String) {
        counter("bothost_deliveries_total", ("source", source), ("outcome", outcome)).increment()
    }

    /// - Parameter outcome: `done`, or why it was refused.
    func install(_ outcome: String) {
        counter("bothost_installs_total", ("outcome", outcome)).increment()
    }

    /// - Parameter outcome: `ok`, or Slack's code.
    func tokenRefresh(_ outcome: String) {
        counter("bothost_token_refreshes_total", ("outcome", Self.code(outcome))).increment()
    }

    func job(_ kind: String, outcome: String) {
        counter("bothost_jobs_total", ("kind", kind), ("outcome", outcome)).increment()
    }

    /// - Parameter plugin: Empty where no plugin was found.
    func webRequest(_ plugin: String, status: Int) {
        counter("bothost_web_requests_total", ("plugin", plugin), ("status", "\(status)")).increment()
    }

    /// Counters with labels that are known only at run time, kept so that their number is bounded.
    private func counter(_ label: String, _ dimensions: (String, String)...) -> Counter {
        let key = label + dimensions.map { "|\($0.0)=\($0.1)" }.joined()
        return calls.withLock { counters in
            if let counter = counters[key] { return counter }
            guard counters.count < 2_000 else { return Counter(label: label, dimensions: []) }
            let counter = Counter(label: label, dimensions: dimensions.map { ($0.0, $0.1) })
            counters[key] = counter
            return counter
        }
    }

    /// An error code comes from outside: only what looks like one becomes a label.
    private static func code(_ text: String) -> String {
        let isCode =
            (1...60).contains(text.utf8.count)
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
        return isCode ? text : "other"
    }
}
