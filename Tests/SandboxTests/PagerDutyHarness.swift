import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

/// A sandbox on a free port, with a clock that stands still, and a client that speaks to its PagerDuty.
struct PagerDutyHarness: Sendable {
    let sandbox: Sandbox
    let clock: ManualClock
    let origin: String
    var token: String
    var from: String?

    /// Runs a sandbox for as long as the body takes.
    static func run(_ body: @Sendable @escaping (PagerDutyHarness) async throws -> Void) async throws {
        let clock = ManualClock()
        let sandbox = Sandbox(options: SandboxOptions(port: 0, seed: 7, clock: clock))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sandbox.run() }
            let port = try await sandbox.port
            let harness = PagerDutyHarness(
                sandbox: sandbox, clock: clock, origin: "http://127.0.0.1:\(port)",
                token: sandbox.pagerDuty.accountKey, from: "ada.martin@acme.example")
            try await body(harness)
            group.cancelAll()
        }
    }

    /// The same account, seen by somebody else.
    func acting(as first: String) throws -> PagerDutyHarness {
        var copy = self
        let email = try #require(sandbox.pagerDuty.userTokens.keys.first { $0.hasPrefix(first.lowercased() + ".") })
        copy.token = try #require(sandbox.pagerDuty.userToken(email: email))
        copy.from = email
        return copy
    }

    struct Reply {
        let status: Int
        let json: JSON
        let headers: [String: String]
        var error: String? { json["error"]?["message"]?.string }
        var code: Int? { json["error"]?["code"]?.int }
        var errors: [String] { json["error"]?["errors"]?.array?.compactMap(\.string) ?? [] }
    }

    func get(_ path: String) async throws -> Reply { try await send("GET", path, nil) }
    func post(_ path: String, _ body: JSON) async throws -> Reply { try await send("POST", path, body) }
    func put(_ path: String, _ body: JSON) async throws -> Reply { try await send("PUT", path, body) }
    func delete(_ path: String) async throws -> Reply { try await send("DELETE", path, nil) }

    func send(
        _ method: String, _ path: String, _ body: JSON?, authorization: String? = nil, bytes: [UInt8]? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: path.hasPrefix("/") ? origin + path : "\(origin)/pd/\(path)")
        request.method = .RAW(value: method)
        request.headers.add(name: "Authorization", value: authorization ?? "Token token=\(token)")
        request.headers.add(name: "Accept", value: "application/vnd.pagerduty+json;version=2")
        request.headers.add(name: "Content-Type", value: "application/json")
        if let from { request.headers.add(name: "From", value: from) }
        if let bytes { request.body = .bytes(bytes) } else if let body { request.body = .bytes(Array(body.bytes)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let received = try await response.body.collect(upTo: 8_388_608)
        return Reply(
            status: Int(response.status.code), json: JSON.parse(received.readableBytesView) ?? .null,
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }))
    }

    /// Opens an incident and says its id.
    func open(_ service: String = "PSVCHK1", title: String = "Database is down", with more: [String: JSON?] = [:])
        async throws -> String
    {
        let incident: JSON = [
            "type": "incident", "title": .string(title),
            "service": ["id": .string(service), "type": "service_reference"],
        ]
        let reply = try await post("incidents", ["incident": incident.with(more)])
        #expect(reply.status == 201)
        return try #require(reply.json["incident"]?["id"]?.string)
    }
}
