import PluginAPI
import SlackKit
import Testing

@testable import BotHost

/// The life of one socket, step by step, without a socket.
@Suite struct SocketLifeTests {
    private static let hello = SocketLife.Event.message(.hello(SocketHello(connections: 1, approximateSeconds: 3_600)))
    private static let envelope = Envelope(id: "e1", type: "slash_commands", payload: [:], acceptsAnswer: true)

    private func begun() -> SocketLife { SocketLife.begin(at: .zero).0 }

    private func live() -> SocketLife {
        var life = begun()
        _ = life.handle(.located, at: .zero)
        _ = life.handle(.connected, at: .zero)
        _ = life.handle(Self.hello, at: .zero)
        return life
    }

    @Test func `it begins with the question for an address`() {
        let (life, todo) = SocketLife.begin(at: .zero)
        #expect(todo == [.open])
        #expect(!life.isOpen)
    }

    @Test func `it is live with the hello, and not before`() {
        var life = begun()
        #expect(life.handle(.located, at: .zero).isEmpty)
        #expect(life.handle(.connected, at: .zero).isEmpty)
        #expect(!life.isOpen)
        let todo = life.handle(Self.hello, at: .seconds(1))
        #expect(todo == [.report(.live(SocketHello(connections: 1, approximateSeconds: 3_600)))])
        #expect(life.isOpen)
    }

    @Test(arguments: [
        ([], "no answer to apps.connections.open within 10 seconds"),
        ([SocketLife.Event.located], "no connection within 10 seconds"),
        ([.located, .connected], "no hello within 10 seconds"),
    ])
    func `each step has its time`(steps: [SocketLife.Event], reason: String) {
        var life = begun()
        for step in steps { _ = life.handle(step, at: .zero) }
        #expect(life.handle(.tick, at: .seconds(9)).isEmpty)
        #expect(life.handle(.tick, at: .seconds(10)) == [.hangUp, .report(.over(.failed(reason)))])
        #expect(life.isOver)
    }

    @Test func `a connection that comes when the life is over is ended at once`() {
        var life = begun()
        _ = life.handle(.tick, at: .seconds(10))
        #expect(life.handle(.connected, at: .seconds(11)) == [.hangUp])
    }

    @Test func `it sends a ping every five seconds, and answers those of Slack`() {
        var life = live()
        #expect(life.handle(.tick, at: .seconds(4)).isEmpty)
        #expect(life.handle(.tick, at: .seconds(5)) == [.ping])
        #expect(life.handle(.tick, at: .seconds(6)).isEmpty)
        #expect(life.handle(.pinged([1, 2]), at: .seconds(6)) == [.pong([1, 2])])
    }

    @Test func `a silent peer is found within fifteen seconds`() {
        var life = live()
        var ended: Duration?
        for second in 1...15 where ended == nil {
            let todo = life.handle(.tick, at: .seconds(second))
            if todo.contains(.hangUp) { ended = .seconds(second) }
        }
        #expect(ended == .seconds(12))
        #expect(life.isOver)
    }

    @Test func `a silent peer is suspected before that, and forgiven when it is heard`() {
        var life = live()
        #expect(!life.handle(.tick, at: .seconds(6)).contains(.report(.suspect)))
        #expect(life.handle(.tick, at: .seconds(7)).contains(.report(.suspect)))
        #expect(life.handle(.heard, at: .seconds(8)) == [.report(.recovered)])
        #expect(life.isOpen)
    }

    @Test func `anything that is heard keeps it alive`() {
        var life = live()
        for second in 1...60 {
            _ = life.handle(.heard, at: .seconds(second))
            _ = life.handle(.tick, at: .seconds(second))
        }
        #expect(life.isOpen)
    }

    @Test func `a request is acknowledged when it has been dealt with`() {
        var life = live()
        #expect(life.handle(.message(.envelope(Self.envelope)), at: .seconds(1)) == [.handle(Self.envelope)])
        #expect(life.handle(.answered(envelope: "e1", [7]), at: .seconds(2)) == [.send([7])])
        #expect(life.handle(.answered(envelope: "e1", [7]), at: .seconds(2)).isEmpty)
    }

    @Test func `a request that could not be kept is left to Slack`() {
        var life = live()
        _ = life.handle(.message(.envelope(Self.envelope)), at: .seconds(1))
        #expect(life.handle(.answered(envelope: "e1", nil), at: .seconds(2)).isEmpty)
    }

    @Test func `it goes when what is under way is done, and takes no more after the goodbye`() {
        var life = live()
        _ = life.handle(.message(.envelope(Self.envelope)), at: .seconds(1))
        #expect(life.handle(.retire, at: .seconds(1)).isEmpty)
        let second = Envelope(id: "e2", type: "interactive", payload: [:], acceptsAnswer: true)
        #expect(life.handle(.message(.envelope(second)), at: .seconds(1)) == [.handle(second)])
        #expect(life.handle(.answered(envelope: "e1", [1]), at: .seconds(2)) == [.send([1])])
        #expect(life.handle(.answered(envelope: "e2", [2]), at: .seconds(2)) == [.send([2]), .close])
        #expect(life.handle(.message(.envelope(Self.envelope)), at: .seconds(2)).isEmpty)
        #expect(life.handle(.closed(code: 1_000), at: .seconds(2)) == [.report(.over(.retired))])
    }

    @Test func `what never gets done keeps it for five seconds, and a slow goodbye for one`() {
        var life = live()
        _ = life.handle(.message(.envelope(Self.envelope)), at: .seconds(1))
        _ = life.handle(.retire, at: .seconds(1))
        #expect(!life.handle(.tick, at: .seconds(5)).contains(.close))
        #expect(life.handle(.tick, at: .seconds(6)).contains(.close))
        #expect(life.handle(.tick, at: .seconds(7)) == [.hangUp, .report(.over(.retired))])
    }

    @Test func `more requests than the host can bear are left to Slack`() {
        var life = live()
        var taken = 0
        for number in 0..<(SocketLife.mostUnderWay + 10) {
            let envelope = Envelope(id: "e\(number)", type: "events_api", payload: [:], acceptsAnswer: false)
            taken += life.handle(.message(.envelope(envelope)), at: .seconds(1)).count
        }
        #expect(taken == SocketLife.mostUnderWay)
    }

    @Test(arguments: [
        SocketDisconnect.warning, .refreshRequested, .linkDisabled, .tooManyWebSockets, .other("something_new"),
    ])
    func `Slack's reason is what the end is told with`(reason: SocketDisconnect) {
        var life = live()
        #expect(life.handle(.message(.disconnect(reason)), at: .seconds(1)) == [.report(.warned(reason))])
        #expect(life.isOpen)
        #expect(life.handle(.closed(code: 1_000), at: .seconds(2)) == [.report(.over(.disconnected(reason)))])
    }

    @Test func `a text that is no message changes nothing`() {
        var life = live()
        #expect(life.handle(.unreadable("$: expected JSON"), at: .seconds(1)).isEmpty)
        #expect(life.handle(.message(.unknown(type: "gossip")), at: .seconds(1)).isEmpty)
        #expect(life.isOpen)
    }
}
