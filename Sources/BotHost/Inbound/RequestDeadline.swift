import NIOCore
import NIOHTTP1

/// Closes a connection whose request takes too long to arrive, however busily its bytes trickle in: an idle timeout alone
/// is satisfied by a byte every few seconds, and a thousand such connections would keep everybody else out.
///
/// It stands right behind the decoder. Of a head that is still incomplete it sees only that something was read.
final class RequestDeadline: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let limit: TimeAmount
    private var timer: NIOScheduledCallback?
    /// Requests that have arrived and are not answered yet.
    private var unanswered = 0
    private var isReadingBody = false

    init(limit: TimeAmount) {
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isReadingBody = true
        case .body: break
        case .end:
            isReadingBody = false
            unanswered += 1
            stop()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Something was read, and it is no whole request yet. One that came in a single read costs no timer.
        if isReadingBody || unanswered == 0 { start(context) }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered = max(0, unanswered - 1) }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    /// The time runs from the first byte of a head to the last one of the body.
    private func start(_ context: ChannelHandlerContext) {
        guard timer == nil else { return }
        timer = try? context.eventLoop.scheduleCallback(in: limit, handler: Closing(channel: context.channel))
    }

    private func stop() {
        timer?.cancel()
        timer = nil
    }

    private struct Closing: NIOScheduledCallbackHandler {
        let channel: any Channel

        func handleScheduledCallback(eventLoop: some EventLoop) {
            channel.close(promise: nil)
        }
    }
}

/// Puts a ``RequestDeadline`` behind the decoder, where the library has no place for handlers of ours.
///
/// It takes no part in what passes; only, a pipeline traps on a handler that is neither inbound nor outbound.
final class RequestDeadlineInstaller: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let limit: TimeAmount

    init(limit: TimeAmount) {
        self.limit = limit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(RequestDeadline(limit: limit), position: .after(decoder))
        } catch {
            // Without the bound the connection would be anybody's to keep.
            context.close(promise: nil)
        }
    }
}
