import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

/// A sandbox on a free port with a clock that stands still, an app that answers as it is told, and a client that
/// speaks to both as the host, a page or a script would.
struct SlackHarness: Sendable {
    let sandbox: Sandbox
    let clock: ManualClock
    let app: AppDouble
    let origin: String

    static let acme = "T0ACME001"
    static let ada = "U0ADA0001"
    static let ben = "U0BEN0001"
    static let general = "C0GENERAL"

    /// Every scope of the methods that there are.
    static let everything = Set(
        SlackMethod.all.values.flatMap(\.scopes) + ["chat:write.public", "commands", "app_mentions:read"]
    ).sorted()

    static func manifest(scopes: [String] = everything, escape: Bool = false, events: [String] = []) -> String {
        let manifest: JSON = [
            "display_information": ["name": "BotHost"],
            "features": [
                "bot_user": ["display_name": "BotHost"], "app_home": ["home_tab_enabled": true],
                "slash_commands": [
                    [
                        "command": "/pd", "description": "PagerDuty", "usage_hint": "help",
                        "should_escape": .bool(escape),
                        "url": "https://bot.example/slack/commands",
                    ]
                ],
                "shortcuts": [
                    ["name": "Declare", "callback_id": "declare", "type": "global", "description": "x"],
                    ["name": "Attach", "callback_id": "attach", "type": "message", "description": "x"],
                ],
            ],
            "oauth_config": ["scopes": ["bot": .array(scopes.map(JSON.string))]],
            "settings": [
                "interactivity": ["is_enabled": true, "request_url": "https://bot.example/slack/events"],
                "event_subscriptions": [
                    "request_url": "https://bot.example/slack/events", "bot_events": .array(events.map(JSON.string)),
                ],
            ],
        ]
        return manifest.text
    }

    /// Runs everything for as long as the body takes.
    static func run(
        manifest: String = manifest(), acknowledgementTimeout: Duration = .seconds(20), rateLimits: Bool = true,
        _ body: @Sendable @escaping (SlackHarness) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        let app = AppDouble()
        let options = SandboxOptions(
            port: 0, manifest: manifest, signingSecret: "8f742231b10e8888abcd99yyyzzz85a5", seed: 7, clock: clock,
            acknowledgementTimeout: acknowledgementTimeout, rateLimits: rateLimits)
        let sandbox = Sandbox(options: options)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.run() }
            group.addTask { try await sandbox.run() }
            let port = try await sandbox.port
            await sandbox.connect("http://127.0.0.1:\(try await app.port)")
            try await body(
                SlackHarness(sandbox: sandbox, clock: clock, app: app, origin: "http://127.0.0.1:\(port)"))
            await app.release()
            group.cancelAll()
        }
    }

    struct Reply: Sendable {
        let status: Int
        let json: JSON
        let headers: [String: String]
        var error: String? { json["error"]?.string }
        var messages: [String] { json["response_metadata"]?["messages"]?.array?.compactMap(\.string) ?? [] }
    }

    func send(
        _ method: String, _ path: String, body: [UInt8]? = nil, type: String = "application/json",
        headers: [String: String] = [:]
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : origin + path)
        request.method = .RAW(value: method)
        request.headers.add(name: "Content-Type", value: type)
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body { request.body = .bytes(body) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let received = try await response.body.collect(upTo: 16_777_216)
        return Reply(
            status: Int(response.status.code), json: JSON.parse(received.readableBytesView) ?? .null,
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }))
    }

    /// Calls the Web API as the host does.
    func api(_ method: String, _ arguments: JSON = [:], token: String? = nil) async throws -> Reply {
        let token = try #require(token ?? sandbox.slack.botToken(team: Self.acme))
        return try await send(
            "POST", "/api/\(method)", body: Array(arguments.bytes), headers: ["Authorization": "Bearer \(token)"])
    }

    func post(_ path: String, _ body: JSON) async throws -> Reply {
        try await send("POST", path, body: Array(body.bytes))
    }

    /// Types a command as somebody in Acme.
    func type(_ text: String, by user: String = ada, in channel: String = general) async throws -> JSON {
        try await post(
            "/control/slack/command",
            ["team": .string(Self.acme), "user": .string(user), "channel": .string(channel), "text": .string(text)]
        ).json
    }

    /// What somebody finds in a conversation.
    func messages(for user: String = ada, in channel: String = general) async throws -> [JSON] {
        try await send("GET", "/control/slack/channels/\(channel)/messages?team=\(Self.acme)&user=\(user)")
            .json["messages"]?.array ?? []
    }

    /// The views that somebody has open, lowest first.
    func views(of user: String = ada) async throws -> [JSON] {
        try await send("GET", "/control/slack/views?team=\(Self.acme)&user=\(user)").json["views"]?.array ?? []
    }

    /// Does something as somebody in Acme through the interface for scripts.
    func control(_ deed: String, _ fields: JSON, by user: String = ada) async throws -> Reply {
        try await post("/control/slack/\(deed)", fields.with(["team": .string(Self.acme), "user": .string(user)]))
    }

    /// Types a command and says the trigger id that came with it.
    func trigger() async throws -> String {
        _ = try await type("/pd form")
        return try #require(await app.received.last?.form["trigger_id"])
    }

    /// A modal with one text input and a select.
    static func modal(_ title: String = "Declare", more: [String: JSON?] = [:]) -> JSON {
        let modal: JSON = [
            "type": "modal", "callback_id": "declare", "title": ["type": "plain_text", "text": .string(title)],
            "submit": ["type": "plain_text", "text": "Create"],
            "blocks": [
                [
                    "type": "input", "block_id": "name", "label": ["type": "plain_text", "text": "Title"],
                    "element": ["type": "plain_text_input", "action_id": "text"],
                ],
                [
                    "type": "input", "block_id": "urgency", "optional": true,
                    "label": ["type": "plain_text", "text": "Urgency"],
                    "element": [
                        "type": "static_select", "action_id": "choice",
                        "options": [option("High", "high"), option("Low", "low")],
                    ],
                ],
            ],
        ]
        return modal.with(more)
    }

    static func option(_ text: String, _ value: String) -> JSON {
        ["text": ["type": "plain_text", "text": .string(text)], "value": .string(value)]
    }

    /// Opens a modal in front of Ada, and returns it as Slack answered.
    @discardableResult func open(_ view: JSON = modal()) async throws -> JSON {
        let reply = try await api("views.open", ["trigger_id": .string(try await trigger()), "view": view])
        #expect(reply.json["ok"] == true, "\(reply.json.text)")
        return try #require(reply.json["view"])
    }
}
