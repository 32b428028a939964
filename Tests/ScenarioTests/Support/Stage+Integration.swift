import AsyncHTTPClient
import BotHost
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

extension Stage {
    /// A token as an administrator makes one on the command line.
    func apiToken(_ name: String = "scenario") async throws -> String {
        guard case .created(_, let token) = try await host.administration.carryOut(.createToken(name: name)) else {
            throw Missing()
        }
        return token
    }

    private struct Missing: Error {}

    /// Asks the host's Integration API as a program does.
    /// - Parameter path: Below `/integration-slack/`.
    func asksIntegration(
        _ method: HTTPMethod, _ path: String, _ body: JSON? = nil, token: String
    ) async throws -> Loopback.Answer {
        var request = HTTPClientRequest(url: "\(access.host)/integration-slack/\(path)")
        request.method = method
        request.headers.add(name: "Authorization", value: "Token token=\(token)")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(Array(body.bytes))
        }
        return try await access.send(request)
    }
}
