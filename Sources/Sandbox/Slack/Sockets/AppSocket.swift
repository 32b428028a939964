import FoundationEssentials
import NIOCore
import NIOWebSocket

/// One Socket Mode connection of an app, as Slack sees it.
struct AppSocket: Sendable {
    let number: Int
    let openedAt: Date
    let wire: Wire
    /// How long Slack means to keep it open.
    let lifetime: Duration
    /// A peer that has gone silent: nothing is sent and nothing that comes is heard.
    var isSilent = false
    /// The goodbye has been said: nothing is sent over it any more.
    var isLeaving = false

    /// The way out.
    struct Wire: Sendable {
        let channel: any Channel

        func send(_ text: String) { write(.text, ByteBuffer(string: text)) }

        func ping() { write(.ping, ByteBuffer(string: "Ping from sandbox")) }

        func pong(_ data: ByteBuffer) { write(.pong, data) }

        func close(_ code: WebSocketErrorCode, _ reason: String = "") {
            var data = ByteBuffer()
            data.write(webSocketErrorCode: code)
            data.writeString(reason)
            write(.connectionClose, data)
        }

        /// Ends the connection without a word.
        func drop() { channel.close(promise: nil) }

        private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer) {
            channel.writeAndFlush(WebSocketFrame(fin: true, opcode: opcode, data: data), promise: nil)
        }
    }

    func json(at now: Date) -> JSON {
        [
            "socket": .int(number), "age": .double(now.timeIntervalSince(openedAt)), "is_silent": .bool(isSilent),
            "is_leaving": .bool(isLeaving),
        ]
    }
}
