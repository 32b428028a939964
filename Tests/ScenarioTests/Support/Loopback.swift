import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

/// HTTP to the sandbox and to the host, as any program on this machine would speak it.
struct Loopback: Sendable {
    let sandbox: String
    let host: String

    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
        let headers: [String: String]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSON { JSON.parse(body) ?? .null }
    }

    func get(_ path: String) async throws -> Answer {
        try await send(HTTPClientRequest(url: sandbox + path))
    }

    /// Asks the sandbox's interface for scripts.
    /// - Returns: The answer; a request that cannot be done is a failure of the test.
    func control(_ path: String, _ body: JSON, at place: SourceLocation) async throws -> JSON {
        var request = HTTPClientRequest(url: "\(sandbox)/control/\(path)")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(Array(body.bytes))
        let answer = try await send(request)
        try #require(
            answer.status == 200, "\(path): \(answer.json["error"]?.string ?? answer.text)", sourceLocation: place)
        return answer.json
    }

    func send(_ request: HTTPClientRequest) async throws -> Answer {
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 8_388_608)
        return Answer(
            status: Int(response.status.code), body: Array(body.readableBytesView),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first })
    }
}
