import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BotHost

/// A sender that trickles is cut off, whatever it trickles; one that is done is left in peace.
@Suite struct RequestDeadlineTests {
    private func channel() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
        try channel.pipeline.syncOperations.addHandler(RequestDeadline(limit: .seconds(10)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func send(_ text: String, to channel: EmbeddedChannel) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    @Test func `a head that trickles in byte by byte is cut off after ten seconds`() throws {
        let channel = try channel()
        for byte in "POST /sl" {
            try send(String(byte), to: channel)
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        }
        #expect(channel.isActive)
        try send("a", to: channel)
        channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        #expect(!channel.isActive)
    }

    @Test func `a body that trickles in is cut off, counted from the first byte of the head`() throws {
        let channel = try channel()
        try send("POST /slack/events HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n", to: channel)
        for _ in 0..<9 {
            try send("x", to: channel)
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        }
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!channel.isActive)
    }

    @Test func `a whole request may be answered for as long as that takes`() throws {
        let channel = try channel()
        try send("POST /slack/events HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx", to: channel)
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        #expect(channel.isActive)
    }

    @Test func `the next request on a connection has its own ten seconds`() throws {
        let channel = try channel()
        for _ in 0..<3 {
            try send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", to: channel)
            try channel.writeOutbound(HTTPServerResponsePart.end(nil))
            channel.embeddedEventLoop.advanceTime(by: .seconds(20))
            #expect(channel.isActive)
        }
        try send("GET /he", to: channel)
        channel.embeddedEventLoop.advanceTime(by: .seconds(11))
        #expect(!channel.isActive)
    }
}
