import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import Sandbox

/// A browser without a screen: keeps cookies, follows redirects, fills in forms.
final class Browser: Sendable {
    private let cookies = Mutex<[String: String]>([:])
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }()

    /// Where the browser is, and what it shows.
    struct Page: Sendable, CustomStringConvertible {
        let address: String
        let status: Int
        let headers: [(name: String, value: String)]
        let text: String

        func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }

        /// The value of the first attribute in the page behind these words.
        func value(after words: String) -> String? {
            guard let start = text.firstRange(of: words)?.upperBound,
                let end = text[start...].firstIndex(of: "\"")
            else { return nil }
            return String(text[start..<end]).replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
        }

        var description: String { "\(status) \(address): \(text.suffix(900))" }
    }

    /// What is sent along besides what a browser always sends.
    @discardableResult func get(
        _ address: String, headers: [(String, String)] = [], follows: Bool = true
    ) async throws -> Page {
        try await load(HTTPClientRequest(url: address), headers, follows: follows)
    }

    @discardableResult func post(
        _ address: String, _ fields: [(name: String, value: String)], headers: [(String, String)] = [],
        follows: Bool = true
    ) async throws -> Page {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(ByteBuffer(string: FormText.write(fields)))
        return try await load(request, headers, follows: follows)
    }

    /// The cookies by name, as the browser keeps them.
    var jar: [String: String] {
        get { cookies.withLock { $0 } }
        set { cookies.withLock { $0 = newValue } }
    }

    private func load(
        _ request: HTTPClientRequest, _ headers: [(String, String)], follows: Bool
    ) async throws -> Page {
        var request = request
        for _ in 0..<10 {
            for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
            if request.method == .POST, request.headers["Sec-Fetch-Site"].isEmpty {
                request.headers.add(name: "Sec-Fetch-Site", value: "same-origin")
            }
            let cookie = jar.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            if !cookie.isEmpty { request.headers.replaceOrAdd(name: "Cookie", value: cookie) }
            let answer = try await Self.client.execute(request, timeout: .seconds(30))
            for set in answer.headers["Set-Cookie"] { keep(set) }
            if follows, (300..<400).contains(answer.status.code), let location = answer.headers.first(name: "Location")
            {
                request = HTTPClientRequest(url: Self.resolve(location, from: request.url))
                continue
            }
            let body = try await answer.body.collect(upTo: 1_048_576)
            return Page(
                address: request.url, status: Int(answer.status.code),
                headers: answer.headers.map { ($0.name, $0.value) }, text: String(buffer: body))
        }
        throw NeverHappened(description: "the browser was sent around in circles")
    }

    private func keep(_ set: String) {
        guard let pair = set.split(separator: ";").first, let equals = pair.firstIndex(of: "=") else { return }
        let (name, value) = (String(pair[..<equals]), String(pair[pair.index(after: equals)...]))
        cookies.withLock { $0[name] = value.isEmpty ? nil : value }
    }

    private static func resolve(_ location: String, from address: String) -> String {
        guard location.hasPrefix("/") else { return location }
        let origin = address.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
        return origin + location
    }
}
