import Foundation
import Logging
import PluginAPI
import SlackKit

/// Posts to a `response_url`: how a late or second answer reaches a person, also where the app is not in the channel.
/// - SeeAlso: <https://docs.slack.dev/interactivity/handling-user-interaction#message_responses>
struct ResponsePoster: Sendable {
    let allowed: ResponseURL
    let http: OutboundHTTP
    let metrics: HostMetrics

    /// - Returns: False where Slack did not take it: too late, too often, or not reachable.
    func post(_ body: [UInt8], to address: String) async -> Bool {
        guard let url = allowed.allowed(address) else {
            metrics.refusedResponseURL()
            return false
        }
        let request = HTTPRequest(
            "POST", url.absoluteString, headers: [("Content-Type", "application/json; charset=utf-8")], body: body)
        do {
            let answer = try await http.send(request, for: "slack")
            return (200..<300).contains(answer.status)
        } catch {
            return false
        }
    }
}
