import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

@testable import Sandbox

extension Stage {
    /// Sends a body to the host as Slack would, signed at the stage's time.
    func slackSends(_ body: String, json: Bool = true, headers: [String: String] = [:]) async throws -> Loopback.Answer
    {
        let timestamp = Int(clock.now.timeIntervalSince1970)
        var request = HTTPClientRequest(url: "\(access.host)/slack/events")
        request.method = .POST
        request.headers.add(
            name: "Content-Type", value: json ? "application/json" : "application/x-www-form-urlencoded")
        request.headers.add(name: "X-Slack-Request-Timestamp", value: String(timestamp))
        request.headers.add(
            name: "X-Slack-Signature",
            value: RequestSigner.signature(
                secret: sandbox.slack.signingSecret, timestamp: timestamp, body: Array(body.utf8)))
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(Array(body.utf8))
        return try await access.send(request)
    }

    /// Sends an event as Slack would.
    /// - Parameters:
    ///   - retry: The how manieth attempt after the first.
    ///   - happened: When, in seconds from now; at the beginning where it is not said.
    func slackSends(
        event: JSON, id: String, team: String = "T0ACME001", retry: Int? = nil, happened: Int? = nil
    ) async throws -> Loopback.Answer {
        let envelope: JSON = [
            "token": "t", "team_id": .string(team), "api_app_id": "A0BOTHOST", "type": "event_callback",
            "event_id": .string(id),
            "event_time": .int(happened.map { Int(clock.now.timeIntervalSince1970) + $0 } ?? 1_767_625_200),
            "event": event,
            "authorizations": [
                ["enterprise_id": nil, "team_id": .string(team), "user_id": "U0BOTHOST", "is_bot": true]
            ],
        ]
        var headers: [String: String] = [:]
        if let retry {
            headers["X-Slack-Retry-Num"] = String(retry)
            headers["X-Slack-Retry-Reason"] = "http_timeout"
        }
        return try await slackSends(envelope.text, headers: headers)
    }
}
