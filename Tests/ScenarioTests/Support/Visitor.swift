import AsyncHTTPClient
import BotHost
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import Sandbox

/// Somebody with a browser that keeps cookies, follows nothing by itself, and reads pages as text.
final class Visitor: Sendable {
    private let cookies = Mutex<[String: String]>([:])
    let stage: Stage

    init(_ stage: Stage) {
        self.stage = stage
    }

    struct PageShown: Sendable {
        let status: Int
        let markup: String
        let headers: [String: String]

        /// What a person reads.
        var text: String {
            let open = markup.replacing(/<head>[\s\S]*?<\/head>/, with: "").replacing(/<[^>]*>/, with: " ")
            return Self.plain(open).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }

        /// Where a link leads that is called so.
        func link(_ label: String) -> String? {
            markup.matches(of: /<a[^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/).first { $0.2.contains(label) }
                .map { Self.plain(String($0.1)) }
        }

        private static func plain(_ text: String) -> String {
            text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
                .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        }
    }

    var kept: [String: String] { cookies.withLock(\.self) }

    /// Keeps a cookie that nobody gave it.
    func plants(_ name: String, _ value: String) { cookies.withLock { $0[name] = value } }

    @discardableResult func opens(
        _ url: String, headers: [(String, String)] = []
    ) async throws -> PageShown {
        try await send(HTTPClientRequest(url: url), headers)
    }

    /// Sends a form, as the page that it stands on would.
    @discardableResult func sends(
        _ fields: [(name: String, value: String)], to url: String, headers: [(String, String)]
    ) async throws -> PageShown {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(Array(FormText.write(fields).utf8))
        return try await send(request, headers)
    }

    private func send(_ request: HTTPClientRequest, _ headers: [(String, String)]) async throws -> PageShown {
        var request = request
        let jar = kept.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        if !jar.isEmpty { request.headers.add(name: "Cookie", value: jar) }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        let response = try await Self.client.execute(request, timeout: .seconds(60))
        for line in response.headers["set-cookie"] { keep(line) }
        let body = try await response.body.collect(upTo: 8_388_608)
        return PageShown(
            status: Int(response.status.code), markup: String(decoding: body.readableBytesView, as: UTF8.self),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first })
    }

    private func keep(_ line: String) {
        let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
        guard let pair = parts.first?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false),
            pair.count == 2
        else { return }
        let isGone = parts.contains("Max-Age=0")
        cookies.withLock { $0[String(pair[0])] = isGone ? nil : String(pair[1]) }
    }

    /// Leads nowhere by itself: where a page sends people is what a test looks at.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
}

extension Stage {
    /// The address with which an administrator lets somebody install the app once.
    func installAddress(for workspace: String? = nil) -> String {
        "\(access.host)/slack/install?ticket=\(host.installTicket(by: "root", for: workspace))"
    }

    /// Somebody's answer on Slack's page; where the browser is sent then.
    func answers(
        _ answer: String = "allow", as persona: Persona, to url: String, organization: Bool = false,
        at place: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let json = try await access.control(
            "slack/authorize",
            [
                "url": .string(url), "team": .string(persona.team), "user": .string(persona.id),
                "answer": .string(answer), "organization": .bool(organization),
            ], at: place)
        return json["location"]?.string ?? ""
    }

    /// Lets the next installs go otherwise than usual.
    func arranges(_ wishes: JSON, at place: SourceLocation = #_sourceLocation) async throws {
        _ = try await access.control("slack/oauth", wishes, at: place)
    }
}
