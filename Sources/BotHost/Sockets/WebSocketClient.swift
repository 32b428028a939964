import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import SlackKit

/// Connects WebSockets: TLS with the system's certificates, no compression, bounded frames.
final class WebSocketClient: Sendable {
    private let tls: NIOSSLContext

    init() throws {
        tls = try NIOSSLContext(configuration: .makeClientConfiguration())
    }

    private static let mostFragments = 32

    /// - Parameters:
    ///   - opened: Given the sending side before anything is received.
    ///   - tell: Told what is received, in order, and that it is over.
    /// - Throws: A sentence for the log.
    func connect(
        to address: SocketEndpoint, opened: @escaping @Sendable (WebSocketWire) -> Void,
        tell: @escaping @Sendable (SocketLife.Event) -> Void
    ) async throws(CannotConnect) {
        let isUpgraded: Bool
        do {
            let upgrading = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(5))
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: address.host, port: address.port) { [tls] channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Self.prepare(channel, address, tls, opened, tell)
                    }
                }
            isUpgraded = try await upgrading.get()
        } catch {
            throw CannotConnect(sentence: "cannot connect to \(address.host): \(Self.kind(of: error))")
        }
        guard isUpgraded else { throw CannotConnect(sentence: "\(address.host) does not take the ticket") }
    }

    struct CannotConnect: Error {
        let sentence: String
    }

    /// Texts of such errors can hold the address, and the address holds the ticket.
    private static func kind(of error: any Error) -> String {
        switch error {
        case is NIOConnectionError, is ChannelError: "no connection"
        case is NIOSSLError, is BoringSSLError: "no trusted connection"
        case is IOError: "the connection broke"
        default: "\(type(of: error))"
        }
    }

    private static func prepare(
        _ channel: any Channel, _ address: SocketEndpoint, _ tls: NIOSSLContext,
        _ opened: @escaping @Sendable (WebSocketWire) -> Void, _ tell: @escaping @Sendable (SocketLife.Event) -> Void
    ) throws -> EventLoopFuture<Bool> {
        let pipeline = channel.pipeline.syncOperations
        if address.isSecure {
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: address.host))
        }
        let upgrader = NIOTypedWebSocketClientUpgrader<Bool>(maxFrameSize: SocketMessage.maximumBytes) { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers(
                    NIOWebSocketFrameAggregator(
                        minNonFinalFragmentSize: 1, maxAccumulatedFrameCount: mostFragments,
                        maxAccumulatedFrameSize: SocketMessage.maximumBytes),
                    WebSocketReceiver(tell))
                opened(WebSocketWire(channel: channel))
                return true
            }
        }
        var headers = HTTPHeaders([("Host", address.host), ("Content-Length", "0")])
        if address.port != (address.isSecure ? 443 : 80) {
            headers.replaceOrAdd(name: "Host", value: "\(address.host):\(address.port)")
        }
        var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
            upgradeConfiguration: NIOTypedHTTPClientUpgradeConfiguration(
                upgradeRequestHead: HTTPRequestHead(
                    version: .http1_1, method: .GET, uri: address.target, headers: headers),
                upgraders: [upgrader],
                notUpgradingCompletionHandler: { channel in
                    channel.close(promise: nil)
                    return channel.eventLoop.makeSucceededFuture(false)
                }))
        // The hello may come in the same packet as the answer to the upgrade.
        configuration.leftOverBytesStrategy = .forwardBytes
        return try pipeline.configureUpgradableHTTPClientPipeline(configuration: configuration)
    }
}
