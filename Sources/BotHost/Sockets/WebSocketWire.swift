import NIOCore
import NIOWebSocket

/// The sending side of one open WebSocket.
struct WebSocketWire: Sendable {
    let channel: any Channel

    /// One message is one frame: Slack is not known to put fragments together.
    func send(_ text: [UInt8]) { write(.text, ByteBuffer(bytes: text)) }

    func ping() { write(.ping, ByteBuffer()) }

    func pong(_ data: [UInt8]) { write(.pong, ByteBuffer(bytes: data)) }

    /// Says goodbye; the connection is ended by Slack, or by ``hangUp()``.
    func close() {
        var data = ByteBuffer()
        data.write(webSocketErrorCode: .normalClosure)
        write(.connectionClose, data)
    }

    func hangUp() { channel.close(promise: nil) }

    private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer) {
        // RFC 6455 wants every frame of a client masked.
        channel.writeAndFlush(
            WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data), promise: nil)
    }
}
