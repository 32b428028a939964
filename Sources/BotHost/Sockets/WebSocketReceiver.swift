import NIOCore
import NIOWebSocket
import SlackKit

/// The receiving side of one WebSocket: turns frames into events.
final class WebSocketReceiver: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let tell: @Sendable (SocketLife.Event) -> Void
    private var code: Int?

    init(_ tell: @escaping @Sendable (SocketLife.Event) -> Void) {
        self.tell = tell
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        var content = frame.unmaskedData
        switch frame.opcode {
        case .text:
            do {
                tell(.message(try SocketMessage.decode(content.readableBytesView)))
            } catch {
                tell(.unreadable("\(error)"))
            }
        case .ping: tell(.pinged(content.readBytes(length: content.readableBytes) ?? []))
        case .connectionClose:
            code = content.readWebSocketErrorCode().map { Int(UInt16(webSocketErrorCode: $0)) }
            context.writeAndFlush(
                wrapOutboundOut(
                    WebSocketFrame(fin: true, opcode: .connectionClose, maskKey: .random(), data: frame.unmaskedData)),
                promise: nil)
            context.close(promise: nil)
        default: tell(.heard)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        tell(.closed(code: code))
        context.fireChannelInactive()
    }
}
