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
    private let metrics: HostMetrics
    /// What may still be called.
    let budget: SlackBudget

    /// - Parameters:
    ///   - slackURL: `https://slack.com`, or what stands for it.
    ///   - pace: How many times its limits may be used up.
    init(slackURL: String, http: OutboundHTTP, clock: HostClock, metrics: HostMetrics, pace: Double = 1) {
        apiURL = slackURL + "/api/"
        self.http = http
        self.metrics = metrics
        budget = SlackBudget(clock: clock, pace: pace)
    }

    /// - Parameters:
    ///   - token: The token to call with.
    ///   - workspace: Whose rate limit this counts on.
    ///   - reserve: How much of the limit is left to others, who are in more of a hurry.
    func call(
        _ method: String, _ arguments: JSONValue, token: Secret, workspace: String, leaving reserve: Double = 0
    ) async throws(SlackError) -> JSONValue {
        try await answer(method, arguments, token: token, workspace: workspace, leaving: reserve).value
    }

    /// Whose token this is, and what it may do: Slack lists its scopes in a header of every answer.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/auth.test>
    func identify(_ token: Secret) async throws(SlackError) -> (identity: JSONValue, scopes: [String]) {
        let (value, scopes) = try await answer("auth.test", [:], token: token, workspace: "")
        return (value, scopes.split(separator: ",").map { $0.filter { $0 != " " } })
    }

    private func answer(
        _ name: String, _ arguments: JSONValue, token: Secret, workspace: String, leaving reserve: Double = 0
    ) async throws(SlackError) -> (value: JSONValue, scopes: String) {
        guard let method = WebAPIMethod.named(name) else {
            throw SlackError(code: "unknown_method", sentence: SlackErrorCode("unknown_method").sentence)
        }
        let call = LimitedCall(method, workspace: workspace, arguments: arguments)
        if let wait = budget.take(call, leaving: reserve) {
            metrics.slackCall(name, outcome: "held_back")
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
            answer = try await http.send(request, for: "slack")
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
            if let wait = error.retryAfter { budget.refuse(call, retryAfter: wait) }
            throw error.pluginError
        }
    }
}
