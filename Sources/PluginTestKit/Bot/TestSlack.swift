public import PluginAPI
import Synchronization

/// The simulated Slack of a ``TestBot``: posting, updating and looking up the people and channels that the test made
/// work by themselves; any other method answers what the test says, or fails by name.
public struct TestSlack: Sendable {
    let host: FakeHost

    /// Says what a method answers. Several answers are given out in their order; the last one stays.
    /// - Parameters:
    ///   - method: Slack's name of it, such as `pins.add`.
    ///   - answers: Whole answers.
    public func answers(_ method: String, _ answers: JSONValue...) {
        host.state.withLock { $0.slack.answers[method, default: []] += answers }
    }

    /// Makes a method fail.
    /// - Parameters:
    ///   - method: Slack's name of it.
    ///   - code: Slack's code, such as `channel_not_found`; `timeout` and `rate_limited` are the host's own.
    ///   - times: How often, before it works again.
    public func fails(_ method: String, _ code: String, times: Int = 1) {
        host.state.withLock { $0.slack.faults[method] = FakeSlack.Fault(error: SlackError(code: code), times: times) }
    }

    /// Whether Slack answers nothing at all.
    public func isDown(_ isDown: Bool) { host.state.withLock { $0.slack.isDown = isDown } }

    /// The arguments of every call of a method, in their order.
    public func calls(_ method: String) -> [JSONValue] {
        host.state.withLock { $0.slack.calls.filter { $0.method == method }.map(\.arguments) }
    }
}

/// A service with accounts of a ``TestBot``.
public struct TestAccount: Sendable {
    let host: FakeHost
    let id: String

    /// Says what the service answers to a request. Several answers to the same request are given out in their order; the
    /// last one stays.
    /// - Parameters:
    ///   - request: Its method and path: `GET /services`.
    ///   - json: The body.
    ///   - status: The status.
    public func answers(_ request: String, _ json: JSONValue, status: Int = 200) {
        host.state.withLock { $0.accounts[id]?.answers[request, default: []].append(.json(json, status: status)) }
    }

    /// Makes the service fail wherever no answer was set up.
    public func fails(_ fault: HTTPFault?) { host.state.withLock { $0.accounts[id]?.fault = fault } }

    /// Whether the workspace is connected to an account there; it is, where nothing else is said.
    public func isConnected(_ isConnected: Bool) {
        host.state.withLock {
            $0.accounts[id]?.mapped = isConnected ? MappedAccount(id: "ACCOUNT", name: "example") : nil
        }
    }

    /// What the service was asked, a line each: who, method, path and query; `account` where it was nobody.
    public var asked: [String] { host.state.withLock { $0.accounts[id]?.asked.map(\.line) ?? [] } }

    /// The bodies of what was sent to a path, as JSON.
    public func bodies(_ request: String) -> [JSONValue] {
        host.state.withLock { state in
            (state.accounts[id]?.asked ?? []).filter { "\($0.request.method) \($0.request.target)" == request }.map(
                \.body)
        }
    }
}
