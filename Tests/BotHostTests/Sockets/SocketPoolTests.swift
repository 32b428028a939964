import SlackKit
import Testing

@testable import BotHost

/// What the pool decides, without a socket.
@Suite struct SocketPoolTests {
    /// A pool and the time, with the steps that a socket usually takes.
    private struct Bench {
        var pool = SocketPool(chance: { 0.5 })
        var now = Duration.zero
        var news: [SocketPool.News] = []

        @discardableResult mutating func feed(_ event: SocketPool.Event) -> [SocketPool.Action] {
            let actions = pool.handle(event, at: now)
            for case .tell(let told) in actions { news.append(told) }
            return actions
        }

        @discardableResult mutating func pass(_ duration: Duration) -> [SocketPool.Action] {
            var actions: [SocketPool.Action] = []
            let end = now + duration
            while now < end {
                now += .milliseconds(250)
                actions += feed(.tick)
                // Slack answers pings.
                for case .socket(let id, .ping) in actions { actions += feed(.socket(id, .heard)) }
                actions.removeAll { if case .socket(_, .ping) = $0 { true } else { false } }
            }
            return actions
        }

        /// Lets time pass until a socket is opened, at most a while.
        mutating func passUntilOpened(_ limit: Duration) -> [Int] {
            let end = now + limit
            while now < end {
                let opened = Self.opened(pass(.milliseconds(250)))
                if !opened.isEmpty { return opened }
            }
            return []
        }

        @discardableResult mutating func comeAlive(
            _ id: Int, connections: Int? = nil, seconds: Int? = 3_600
        ) -> [SocketPool.Action] {
            feed(.socket(id, .located))
            feed(.socket(id, .connected))
            let hello = SocketHello(connections: connections, approximateSeconds: seconds)
            return feed(.socket(id, .message(.hello(hello))))
        }

        static func opened(_ actions: [SocketPool.Action]) -> [Int] {
            actions.compactMap { if case .socket(let id, .open) = $0 { id } else { nil } }
        }

        static func closed(_ actions: [SocketPool.Action]) -> [Int] {
            actions.compactMap { if case .socket(let id, .close) = $0 { id } else { nil } }
        }
    }

    private func running() -> Bench {
        var bench = Bench()
        bench.feed(.start)
        for id in 1...3 { bench.comeAlive(id) }
        return bench
    }

    @Test func `three sockets are opened at the start, and the host is ready with the first`() {
        var bench = Bench()
        #expect(Bench.opened(bench.feed(.start)) == [1, 2, 3])
        #expect(bench.pool.problem == "no socket to Slack is open yet")
        bench.comeAlive(1)
        #expect(bench.pool.problem == nil)
    }

    @Test func `sockets of the same age do not grow old together`() {
        var bench = running()
        var replaced: [Duration] = []
        for next in 4...6 {
            #expect(bench.passUntilOpened(.seconds(3_600)) == [next])
            // Whoever goes is still there.
            #expect(bench.pool.liveCount == 3)
            replaced.append(bench.now)
            let closed = Bench.closed(bench.comeAlive(next))
            #expect(closed.count == 1)
            for id in closed { bench.feed(.socket(id, .closed(code: 1_000))) }
        }
        let gaps = zip(replaced.dropFirst(), replaced).map { $0 - $1 }
        #expect(gaps.allSatisfy { $0 >= .seconds(500) }, "\(replaced)")
    }

    @Test(arguments: [SocketDisconnect.warning, .refreshRequested, .other("new_reason")])
    func `the next one is there before a warned one goes`(reason: SocketDisconnect) {
        var bench = running()
        let actions = bench.feed(.socket(1, .message(.disconnect(reason))))
        #expect(Bench.opened(actions) == [4])
        #expect(Bench.closed(actions).isEmpty)
        #expect(bench.pool.liveCount == 3)
        #expect(Bench.closed(bench.comeAlive(4)) == [1])
    }

    @Test func `a lost one is replaced at once`() {
        var bench = running()
        #expect(Bench.opened(bench.feed(.socket(1, .closed(code: nil)))) == [4])
        #expect(bench.pool.problem == nil)
    }

    @Test func `one that may be dead is not counted on, and forgiven when it is heard`() {
        var bench = running()
        var opened: [Int] = []
        while bench.now < .seconds(8) {
            bench.now += .milliseconds(250)
            opened += Bench.opened(bench.feed(.tick))
            for id in 2...3 { bench.feed(.socket(id, .heard)) }
        }
        #expect(opened == [4])
        bench.comeAlive(4)
        bench.feed(.socket(1, .heard))
        #expect(bench.pool.liveCount == 4)
        #expect(Bench.opened(bench.feed(.socket(2, .closed(code: nil)))).isEmpty)
    }

    @Test func `a switched-off Socket Mode stops everything, once`() {
        var bench = running()
        let actions = bench.feed(.socket(1, .message(.disconnect(.linkDisabled))))
        #expect(Bench.closed(actions).sorted() == [1, 2, 3])
        for id in 1...3 { bench.feed(.socket(id, .closed(code: 1_000))) }
        #expect(Bench.opened(bench.pass(.seconds(600))).isEmpty)
        #expect(bench.pool.problem?.contains("Socket Mode is switched off for this app") == true)
        let halts = bench.news.filter { if case .halted = $0 { true } else { false } }
        #expect(halts.count == 1)
        #expect(!bench.pool.isOver)
    }

    @Test func `too many sockets are no reason to open another at once`() {
        var bench = running()
        #expect(Bench.opened(bench.feed(.socket(1, .message(.disconnect(.tooManyWebSockets))))).isEmpty)
        bench.feed(.socket(1, .closed(code: 1_000)))
        #expect(Bench.opened(bench.pass(.seconds(29))).isEmpty)
        #expect(bench.passUntilOpened(.seconds(31)) == [4])
    }

    @Test func `a token that is no good is not tried again, and what is open serves on`() {
        var bench = Bench()
        bench.feed(.start)
        bench.comeAlive(1)
        bench.comeAlive(2)
        bench.feed(
            .socket(3, .refused(OpeningFailure(code: "invalid_auth", sentence: "The token is not valid."))))
        #expect(Bench.opened(bench.pass(.seconds(120))).isEmpty)
        #expect(bench.pool.problem == nil)
        for id in 1...2 { bench.feed(.socket(id, .closed(code: nil))) }
        #expect(bench.pool.problem == "Slack refuses sockets (invalid_auth): The token is not valid.")
    }

    @Test func `Retry-After is kept`() {
        var bench = Bench()
        bench.feed(.start)
        bench.comeAlive(1)
        bench.comeAlive(2)
        bench.feed(
            .socket(
                3, .refused(OpeningFailure(code: "rate_limited", sentence: "Too often.", retryAfter: .seconds(60)))))
        #expect(Bench.opened(bench.pass(.seconds(60))).isEmpty)
        #expect(bench.passUntilOpened(.seconds(10)) == [4])
    }

    @Test func `failures are tried again ever more slowly, at most half a minute apart`() {
        var bench = Bench()
        var open = Bench.opened(bench.feed(.start))
        var times: [Duration] = []
        for _ in 0..<12 {
            for id in open { bench.feed(.socket(id, .cannotConnect("no connection"))) }
            open = []
            while open.isEmpty {
                open = Bench.opened(bench.pass(.milliseconds(250)))
                if bench.now > .seconds(600) { break }
            }
            times.append(bench.now)
        }
        let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
        #expect(gaps.allSatisfy { $0 <= .seconds(31) })
        #expect((gaps.last ?? .zero) >= .seconds(15))
        #expect(bench.pool.problem == "no socket to Slack is open: no connection")
    }

    @Test func `somebody else's sockets are noticed, told once, and told when they are gone`() {
        var bench = Bench()
        bench.feed(.start)
        for id in 1...2 { bench.comeAlive(id, connections: id) }
        bench.comeAlive(3, connections: 4)
        #expect(bench.news.last == .strangers(1))
        #expect(bench.pool.strangers == 1)
        for id in 4...5 {
            bench.pass(.seconds(120))
            bench.feed(.socket(id - 3, .closed(code: nil)))
            // Slack may still count the one that is gone.
            bench.comeAlive(id, connections: 5)
        }
        #expect(bench.news.filter { $0 == .strangers(1) }.count == 1)
        bench.pass(.seconds(120))
        bench.feed(.socket(3, .message(.disconnect(.warning))))
        bench.comeAlive(6, connections: 4)
        #expect(bench.news.last == .strangers(0))
    }

    @Test func `a stop lets go of everything and opens nothing more`() {
        var bench = running()
        #expect(Bench.closed(bench.feed(.stop)).sorted() == [1, 2, 3])
        #expect(!bench.pool.isOver)
        for id in 1...3 { bench.feed(.socket(id, .closed(code: 1_000))) }
        #expect(bench.pool.isOver)
        #expect(Bench.opened(bench.pass(.seconds(60))).isEmpty)
    }

    @Test func `a stop during the opening is no hindrance`() {
        var bench = Bench()
        bench.feed(.start)
        bench.feed(.stop)
        #expect(bench.pool.isOver)
    }

    @Test func `a storm of losses never asks Slack more than thirty-nine times a minute`() {
        var bench = Bench()
        var open = Bench.opened(bench.feed(.start))
        var times: [Duration] = open.map { _ in .zero }
        while bench.now < .seconds(300) {
            for id in open { bench.comeAlive(id) }
            let lost = open
            open = []
            for id in lost { open += Bench.opened(bench.feed(.socket(id, .closed(code: nil)))) }
            open += Bench.opened(bench.pass(.milliseconds(250)))
            times += open.map { _ in bench.now }
        }
        let worst = times.map { start in times.count { $0 >= start && $0 < start + .seconds(60) } }.max() ?? 0
        #expect(worst <= 39)
        #expect(times.count > 100)
    }
}
