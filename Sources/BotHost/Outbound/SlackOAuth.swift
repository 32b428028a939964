import BotStore
import Foundation
import PluginAPI
import SlackKit

/// Calls `oauth.v2.access` as the app itself. A code and a refresh token are good for one call: nothing is repeated.
/// - SeeAlso: <https://docs.slack.dev/reference/methods/oauth.v2.access>
struct SlackOAuth: Sendable {
    let slackURL: String
    let client: HostConfiguration.SlackAccess.Client
    let http: OutboundHTTP
    let metrics: HostMetrics

    private static let name = "oauth.v2.access"

    /// - Throws: What Slack says; `unreachable` or `timeout` where nobody can say, `invalid_answer` for an answer that
    ///   is none.
    func access(_ request: OAuthRequest) async throws(SlackError) -> OAuthAccess {
        guard let method = WebAPIMethod.named(Self.name) else {
            throw SlackError(code: "unknown_method", sentence: SlackErrorCode("unknown_method").sentence)
        }
        let credentials = Data("\(client.id):\(client.secret.reveal())".utf8).base64EncodedString()
        let answer: HTTPResponse
        do {
            answer = try await http.send(
                HTTPRequest(
                    "POST", "\(slackURL)/api/\(Self.name)",
                    headers: [("Authorization", "Basic \(credentials)"), ("Content-Type", FormArguments.contentType)],
                    body: request.body))
        } catch {
            metrics.slackCall(Self.name, outcome: "\(error)")
            throw (error == .timeout ? SlackAPIError.timeout(method) : .unreachable(method)).pluginError
        }
        let response = SlackAPIResponse(
            to: method, status: answer.status, retryAfter: answer.header("retry-after"), body: answer.body)
        switch response {
        case .failed(let error):
            metrics.slackCall(Self.name, outcome: error.code.code)
            throw error.pluginError
        case .done(let value, _):
            metrics.slackCall(Self.name, outcome: "ok")
            do {
                return try OAuthAccess(value)
            } catch {
                throw SlackAPIError(method, "invalid_answer", details: [error.description]).pluginError
            }
        }
    }
}
