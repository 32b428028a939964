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
        _ method: String, _ arguments: JSONValue, token: Secret, workspace: String
    ) async throws(SlackError) -> (value: JSONValue, scopes: String) {
        let fields = (arguments.object ?? [:]).sorted { $0.key < $1.key }
        let channel = arguments["channel"].string ?? ""
        let key = PausedKeys.Key(workspace: workspace, method: method, channel: channel)
        if let wait = paused.remaining(key, now: clock.now()) {
            throw Self.rateLimited(for: wait)
        }
        let request = HTTPRequest(
            "POST", apiURL + method,
            headers: [
                ("Authorization", "Bearer \(token.reveal())"),
                ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
            ],
            body: FormEncoding.encode(fields.compactMap { name, value in Self.field(value).map { (name, $0) } }))
        let answer: HTTPResponse
        do {
            answer = try await http.send(request)
        } catch {
            metrics.slackCall(method, outcome: "\(error)")
            let isTimeout = error == .timeout
            throw SlackError(
                code: isTimeout ? "timeout" : "unreachable",
                sentence: isTimeout ? "Slack did not answer in time." : "Slack cannot be reached right now.")
        }
        if answer.status == 429 {
            let wait = RetryAfter.duration(answer.header("retry-after"))
            paused.pause(key, for: wait, now: clock.now())
            metrics.slackCall(method, outcome: "rate_limited")
            throw Self.rateLimited(for: wait)
        }
        let value: JSONValue
        do {
            value = try JSONValue(decoding: answer.body)
        } catch {
            metrics.slackCall(method, outcome: "invalid_answer")
            throw SlackError(code: "invalid_answer", sentence: "Slack gave an answer that makes no sense.")
        }
        guard value["ok"].bool == true else {
            let error = Self.error(value)
            metrics.slackCall(method, outcome: error.code)
            throw error
        }
        metrics.slackCall(method, outcome: "ok")
        return (value, answer.header("x-oauth-scopes") ?? "")
    }

    private static func field(_ value: JSONValue) -> String? {
        switch value {
        case .null: nil
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        default: value.description
        }
    }

    private static func rateLimited(for wait: Duration) -> SlackError {
        SlackError(
            code: "rate_limited", sentence: "Slack asks us to slow down; try again in a moment.", retryAfter: wait)
    }

    private static func error(_ answer: JSONValue) -> SlackError {
        let code = answer["error"].string ?? "unknown_error"
        return SlackError(
            code: code, sentence: SlackErrorCode(code).sentence, neededScope: answer["needed"].string,
            details: (answer["response_metadata"]["messages"].array ?? []).prefix(5).compactMap(\.string))
    }
}
