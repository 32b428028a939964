import BotStore
import PluginAPI
package import SlackKit

/// Asks Slack, and the services people have accounts on, whether the host's own tokens are good. Changes nothing.
package struct OnlineProbe: Sendable {
    private let configuration: HostConfiguration
    private let connections: [AccountConnection]
    private let needed: [AppManifest.ScopeRequest]

    /// - Parameter needed: What the enabled plugins and the host cannot do without.
    package init(
        configuration: HostConfiguration, connections: [AccountConnection], needed: [AppManifest.ScopeRequest]
    ) {
        self.configuration = configuration
        self.connections = connections
        self.needed = needed
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
                problems += lacking(scopes)
            } catch {
                problems.append("SLACK_BOT_TOKEN: \(error.sentence) (\(error.code))")
            }
        }
        if let token = configuration.slack.appToken {
            let slack = SlackCaller(
                slackURL: configuration.slack.url, http: http, clock: .system, metrics: HostMetrics())
            do throws(OpeningFailure) {
                _ = try await SocketOpener(slack: slack, slackURL: configuration.slack.url, token: token).open()
                fine.append("Slack: Socket Mode can be opened")
            } catch {
                problems.append("SLACK_APP_TOKEN: \(error.sentence) (\(error.code))")
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

    /// A line for each scope that the token lacks. What was granted once stays as it was until the app is installed
    /// again, so a plugin that is switched on later works only in part, and nobody sees why.
    private func lacking(_ granted: [String]) -> [String] {
        var reasons: [String: [String]] = [:]
        for scope in needed where !granted.contains(scope.name) {
            reasons[scope.name, default: []] += scope.reason.isEmpty ? [] : [scope.reason]
        }
        return reasons.sorted { $0.key < $1.key }.map { scope, why in
            let sentence = why.first.map { " (\($0))" } ?? ""
            return "SLACK_BOT_TOKEN: the app lacks the scope \(scope)\(sentence). Give the app the manifest that "
                + "`bothost manifest` prints, and install it into the workspace again."
        }
    }
}
