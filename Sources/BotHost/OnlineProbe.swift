import BotStore
import PluginAPI

/// Asks Slack, and the services people have accounts on, whether the host's own tokens are good. Changes nothing.
package struct OnlineProbe: Sendable {
    private let configuration: HostConfiguration
    private let connections: [AccountConnection]

    package init(configuration: HostConfiguration, connections: [AccountConnection]) {
        self.configuration = configuration
        self.connections = connections
    }

    package func run() async -> (fine: [String], problems: [String]) {
        let http = OutboundHTTP()
        var fine: [String] = []
        var problems: [String] = []
        if let token = configuration.slack.botToken {
            let slack = SlackCaller(
                slackURL: configuration.slack.url, http: http, clock: .system, metrics: HostMetrics())
            do {
                let (identity, scopes) = try await slack.identify(token)
                fine.append(
                    "Slack: \(identity["team"].string ?? "?") (\(identity["team_id"].string ?? "?")), scopes "
                        + scopes.joined(separator: ", "))
            } catch {
                problems.append("SLACK_BOT_TOKEN: \(error.sentence) (\(error.code))")
            }
        }
        for connection in connections {
            guard let credential = connection.credential else {
                problems.append(
                    "\(connection.provider.name): no account is connected: \(connection.provider.notConnected)")
                continue
            }
            do {
                let account = try await connection.provider.describeAccount { request in
                    var request = request
                    request.target = connection.provider.baseURL + request.target
                    connection.provider.authorize(&request, with: credential.reveal())
                    return try await http.send(request)
                }
                fine.append("\(connection.provider.name): account \(account.name)")
            } catch {
                let sentence = (error as? any PersonReadableError)?.sentence ?? "cannot be reached"
                problems.append("\(connection.provider.name): \(sentence)")
            }
        }
        await http.shutdown()
        return (fine, problems)
    }
}
