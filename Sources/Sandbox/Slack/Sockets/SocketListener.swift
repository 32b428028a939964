import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// Where the app connects its sockets: a listener of its own, as Slack's are on hosts of their own.
struct SocketListener: Sendable {
    let sockets: AppSockets

    /// Longest frame that is taken from an app.
    static let longestFrame = 20_480

    /// Listens, and lets everybody go when the body is done.
    func serving(_ body: () async throws -> Void) async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [sockets] child in
                child.eventLoop.makeCompletedFuture { try Self.prepare(child, sockets) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        sockets.listening(at: "ws://127.0.0.1:\(channel.localAddress?.port ?? 0)")
        do {
            try await body()
        } catch {
            await end(channel)
            throw error
        }
        await end(channel)
    }

    private func end(_ channel: any Channel) async {
        sockets.dropAll()
        try? await channel.close().get()
    }

    private static func prepare(_ channel: any Channel, _ sockets: AppSockets) throws {
        let upgrader = NIOTypedWebSocketServerUpgrader<Bool>(
            maxFrameSize: longestFrame, enableAutomaticErrorHandling: false,
            shouldUpgrade: { channel, head in
                let isLetIn = sockets.redeem(query(head.uri)["ticket"] ?? "")
                return channel.eventLoop.makeSucceededFuture(isLetIn ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    let isShort = query(head.uri)["debug_reconnects"] == "true"
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOWebSocketFrameAggregator(
                            minNonFinalFragmentSize: 1, maxAccumulatedFrameCount: 16,
                            maxAccumulatedFrameSize: longestFrame),
                        SocketReceiver(
                            sockets: sockets,
                            lifetime: isShort ? AppSockets.shortLifetime : AppSockets.usualLifetime))
                    return true
                }
            })
        let configuration = NIOUpgradableHTTPServerPipelineConfiguration(
            upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(
                upgraders: [upgrader],
                notUpgradingCompletionHandler: { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(TicketRefusal())
                        return false
                    }
                }))
        _ = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(configuration: configuration)
    }

    private static func query(_ uri: String) -> [String: String] {
        guard let mark = uri.utf8.firstIndex(of: UInt8(ascii: "?")) else { return [:] }
        return FormText.read(uri.utf8[uri.utf8.index(after: mark)...])
    }
}

/// Answers who has no good ticket.
private final class TicketRefusal: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        let head = HTTPResponseHead(
            version: .http1_1, status: .forbidden, headers: ["Content-Length": "0", "Connection": "close"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}
