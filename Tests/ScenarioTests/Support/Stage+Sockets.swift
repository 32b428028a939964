import AsyncHTTPClient
import NIOHTTP1
import Testing

@testable import BotHost
@testable import Sandbox

extension Stage {
    /// The numbers of the sockets that Slack has open, oldest first.
    var sockets: [Int] { sandbox.slack.sockets.all.filter { !$0.isLeaving }.map(\.number) }

    /// Waits until so many sockets are open, none of them of the old ones.
    func hasSockets(
        _ count: Int, besides old: [Int] = [], at place: SourceLocation = #_sourceLocation
    ) async throws {
        try await letTimePass(until: "\(count) sockets", at: place) {
            sockets.count == count && (old.isEmpty || sockets != old) ? true : nil
        }
    }

    /// Lets Slack do something to its oldest socket, or to Socket Mode as a whole.
    func does(_ deed: String, at place: SourceLocation = #_sourceLocation) async throws {
        _ = try await access.control("slack/sockets", ["do": .string(deed)], at: place)
    }

    /// What the host says of itself.
    func readiness() async throws -> Loopback.Answer {
        try await access.send(HTTPClientRequest(url: "\(access.host)/readyz"))
    }
}

/// Somebody else with the app's token.
struct Stranger: Sendable {
    private let wire: WebSocketWire

    struct NotLetIn: Error {}

    static func connect(to text: String) async throws -> Stranger {
        guard let address = SocketEndpoint(text, slackURL: "http://127.0.0.1") else { throw NotLetIn() }
        let (wires, sink) = AsyncStream.makeStream(of: WebSocketWire.self)
        try await WebSocketClient().connect(to: address, opened: { sink.yield($0) }, tell: { _ in })
        for await wire in wires { return Stranger(wire: wire) }
        throw NotLetIn()
    }

    func hangUp() { wire.hangUp() }
}
