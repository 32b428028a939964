import BotStore
import Foundation
import Logging
import PluginAPI
import ServiceLifecycle
import SlackKit
import Synchronization

@testable import BotHost

/// The whole host over real sockets, between a test and a ``FakeSlack``, with time that the test moves.
struct HostUnderTest: Sendable {
    let backend: BotBackend
    let slack: FakeSlack
    let clock: ManualClock
    let log: LogSink
    let folder: TestFolder
    let port: Int
    let http: OutboundHTTP

    static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
    static let everything = #"{"plugins": {"help": {}, "coffee": {}, "tea": {}}}"#

    /// Runs the host, the test, and a clean stop.
    static func run(
        _ plugins: String = everything, installed: Bool = true, accountToken: String? = "account-key",
        _ body: (HostUnderTest) async throws -> Void
    ) async throws {
        let slack = FakeSlack()
        try await slack.serving {
            let folder = try TestFolder()
            defer { folder.remove() }
            try folder.write(plugins, to: "plugins.json")
            let (clock, log) = (ManualClock(), LogSink())
            let configuration = HostConfiguration(
                listen: .init(host: "127.0.0.1", port: 0), console: .init(host: "127.0.0.1", port: 0),
                database: "sqlite:\(folder.path("bothost.sqlite"))", pluginsFile: folder.path("plugins.json"),
                slack: .init(signingSecrets: [Secret(secret)], url: slack.url))
            let pager = AccountConnection(
                provider: PagerProvider(baseURL: slack.url + "/account"), credential: accountToken.map { Secret($0) })
            let backend = try BotBackend(
                configuration: configuration,
                parts: .init(
                    plugins: [
                        RegisteredPlugin(HelpStub.self), RegisteredPlugin(Coffee.self), RegisteredPlugin(Tea.self),
                    ],
                    connections: [pager]),
                metrics: PrometheusText(), clock: clock.host, logger: log.logger())
            if installed { try await backend.store.saveInstallation(.acme()) }
            let group = ServiceGroup(
                configuration: .init(services: backend.services.map { .init(service: $0) }, logger: .silent))
            let running = Task { try await group.run() }
            let host = HostUnderTest(
                backend: backend, slack: slack, clock: clock, log: log, folder: folder,
                port: await backend.publicPort.value, http: OutboundHTTP())
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(host)) } catch { outcome = .failure(error) }
            await group.triggerGracefulShutdown()
            let isStopped = Mutex(false)
            // A stop waits for what still runs; here nobody does.
            async let ticking: Void = clock.advance(by: .seconds(1)) { isStopped.withLock(\.self) }
            _ = await running.result
            isStopped.withLock { $0 = true }
            await ticking
            await host.http.shutdown()
            try outcome.get()
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Sends what Slack would send, signed now.
    func send(_ body: SlackBody, to path: String = "/slack/events") async throws -> HTTPResponse {
        try await post(body.bytes, headers: signed(body), to: path)
    }

    func signed(_ body: SlackBody, at date: Date? = nil, secret: String = secret) throws -> [(String, String)] {
        let seconds = Int((date ?? clock.now).timeIntervalSince1970)
        let signature = SlackSignature(secrets: [secret])?.sign(timestamp: seconds, body: body.bytes) ?? ""
        return [
            ("Content-Type", body.contentType), ("X-Slack-Request-Timestamp", "\(seconds)"),
            ("X-Slack-Signature", signature),
        ]
    }

    func post(_ bytes: [UInt8], headers: [(String, String)], to path: String) async throws -> HTTPResponse {
        try await http.send(HTTPRequest("POST", url + path, headers: headers, body: bytes))
    }

    /// A `response_url` that leads to the fake Slack.
    var responseURL: String { slack.url + "/response" }

    /// Types a command and reads what the answer shows at once.
    func type(_ line: String, person: String = "U0ANN", channel: String = "C0INC") async throws -> String {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        let answer = try await send(
            .command(
                parts[0], parts.count > 1 ? parts[1] : "", person: person, channel: channel, responseURL: responseURL))
        return answer.text
    }
}

extension HTTPResponse {
    var json: JSONValue { (try? JSONValue(decoding: body)) ?? .null }
    /// The text of a message in it.
    var text: String { json["text"].string ?? "" }
    var raw: String { String(decoding: body, as: UTF8.self) }
}
