import NIOCore
import NIOWebSocket

/// Hears what one app says over its socket.
final class SocketReceiver: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame

    private let sockets: AppSockets
    private let lifetime: Duration
    private var number = 0

    init(sockets: AppSockets, lifetime: Duration) {
        self.sockets = sockets
        self.lifetime = lifetime
    }

    func handlerAdded(context: ChannelHandlerContext) {
        number = sockets.open(context.channel, lifetime: lifetime)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        var content = frame.unmaskedData
        switch frame.opcode {
        case .text: sockets.received(content.readBytes(length: content.readableBytes) ?? [], on: number)
        case .ping: sockets.pinged(content, on: number)
        case .connectionClose:
            // Slack answers the goodbye, and leaves it to the app to end the connection.
            AppSocket.Wire(channel: context.channel).close(.normalClosure)
            sockets.closed(number)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case NIOWebSocketError.invalidFrameLength = error {
            let limit = SocketListener.longestFrame
            AppSocket.Wire(channel: context.channel).close(
                .messageTooLarge, "Max frame length of \(limit) has been exceeded.")
        }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        sockets.closed(number)
        context.fireChannelInactive()
    }
}
