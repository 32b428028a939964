import BotStore
import Foundation
import Logging
import PluginAPI
import SlackKit

/// Calls Slack's Web API.
///
/// Arguments go as a form, with JSON inside the fields that hold objects: every method takes that, while only some take
/// a JSON body.
/// - SeeAlso: <https://docs.slack.dev/apis/web-api#slack-web-api__basics__post-bodies>
final class SlackCaller: Sendable {
    private let apiURL: String
    private let http: OutboundHTTP
    private let clock: HostClock
    private let metrics: HostMetrics
    private let paused = PausedKeys()

    /// - Parameter slackURL: `https://slack.com`, or what stands for it.
    init(slackURL: String, http: OutboundHTTP, clock: HostClock, metrics: HostMetrics) {
        apiURL = slackURL + "/api/"
        self.http = http
        self.clock = clock
        self.metrics = metrics
    }

    /// - Parameters:
    ///   - token: The token to call with.
    ///   - workspace: Whose rate limit this counts on.
    func call(
        _ method: String, _ arguments: JSONValue, token: Secret, workspace: String
    ) async throws(SlackError) -> JSONValue {
        try await answer(method, arguments, token: token, workspace: workspace).value
    }

    /// Whose token this is, and what it may do: Slack lists its scopes in a header of every answer.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/auth.test>
    func identify(_ token: Secret) async throws(SlackError) -> (identity: JSONValue, scopes: [String]) {
        let (value, scopes) = try await answer("auth.test", [:], token: token, workspace: "")
        return (value, scopes.split(separator: ",").map { $0.filter { $0 != " " } })
    }

    private func answer(
        _ name: String, _ arguments: JSONValue, token: Secret, workspace: String
    ) async throws(SlackError) -> (value: JSONValue, scopes: String) {
        guard let method = WebAPIMethod.named(name) else {
            throw SlackError(code: "unknown_method", sentence: SlackErrorCode("unknown_method").sentence)
        }
        let channel = arguments["channel"].string ?? ""
        let key = PausedKeys.Key(workspace: workspace, method: name, channel: channel)
        if let wait = paused.remaining(key, now: clock.now()) {
            throw SlackAPIError(method, "rate_limited", retryAfter: wait).pluginError
        }
        let request = HTTPRequest(
            "POST", apiURL + name,
            headers: [
                ("Authorization", "Bearer \(token.reveal())"), ("Content-Type", FormArguments.contentType),
            ],
            body: FormArguments.encode(arguments))
        let answer: HTTPResponse
        do {
            answer = try await http.send(request)
        } catch {
            metrics.slackCall(name, outcome: "\(error)")
            throw (error == .timeout ? SlackAPIError.timeout(method) : .unreachable(method)).pluginError
        }
        let response = SlackAPIResponse(
            to: method, status: answer.status, retryAfter: answer.header("retry-after"), body: answer.body)
        switch response {
        case .done(let value, _):
            metrics.slackCall(name, outcome: "ok")
            return (value, answer.header("x-oauth-scopes") ?? "")
        case .failed(let error):
            metrics.slackCall(name, outcome: error.code.code)
            if let wait = error.retryAfter { paused.pause(key, for: wait, now: clock.now()) }
            throw error.pluginError
        }
    }
}
