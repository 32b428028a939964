import BotStore
import PluginAPI

/// Asks Slack for the address of a new socket. Each is good for one connection.
/// - SeeAlso: <https://docs.slack.dev/reference/methods/apps.connections.open>
struct SocketOpener: Sendable {
    let slack: SlackCaller
    let slackURL: String
    let token: Secret

    func open() async throws(OpeningFailure) -> SocketEndpoint {
        let answer: JSONValue
        do {
            answer = try await slack.call("apps.connections.open", [:], token: token, workspace: "")
        } catch {
            throw OpeningFailure(code: error.code, sentence: error.sentence, retryAfter: error.retryAfter)
        }
        guard let address = SocketEndpoint(answer["url"].string ?? "", slackURL: slackURL) else {
            throw OpeningFailure(
                code: "invalid_address",
                sentence: "apps.connections.open gave an address that does not belong to \(slackURL).")
        }
        return address
    }
}
