import PluginAPI
import SlackKit

@testable import BotHost

/// Slack, the network and the host's hands, made of numbers: leads a ``SocketPool`` through hundreds of lost sockets in
/// no time, with the delays that real ones have. The same seed gives the same storm.
struct SocketStorm {
    /// What the storm did.
    struct Outcome {
        var disconnects = 0
        var envelopes = 0
        var unacknowledged = 0
        var mostOpensInAMinute = 0
        /// From the loss of a socket, or the word that it will go, to the next one that is live.
        var reconnects: [Duration] = []
        /// How long no socket was there that could carry anything.
        var dark = Duration.zero
        var length = Duration.zero

        var availability: Double { 1 - dark / length }
        var slowestReconnectOf99Percent: Duration {
            let sorted = reconnects.sorted()
            return sorted.isEmpty ? .zero : sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        }
    }

    private enum Happening {
        case tick
        case disconnect
        case send
        case toHost(Int, SocketLife.Event)
        case greeted(Int)
        case acknowledged(Int, String)
        case slackCloses(Int)
        case gone(Int)
    }

    /// One socket as Slack sees it.
    private struct Side {
        var isSilent = false
        var isEnding = false
    }

    private var random: StormRandom
    private var pool: SocketPool
    private var agenda: [(at: Duration, order: Int, what: Happening)] = []
    private var order = 0
    private var now = Duration.zero
    private var sides: [Int: Side] = [:]
    /// Envelopes that Slack waits for, and the socket they went over.
    private var pending: [String: Int?] = [:]
    private var opens: [Duration] = []
    private var lossesOpen: [Duration] = []
    private var told: Set<Int> = []
    private var outcome = Outcome()

    init(seed: UInt64) {
        random = StormRandom(state: seed)
        let chances = StormChances(seed: seed &+ 1)
        pool = SocketPool(chance: { chances.next() })
    }

    /// - Parameters:
    ///   - count: How many sockets are made to go.
    ///   - perMinute: How many of them in a minute.
    mutating func run(disconnects count: Int, perMinute: Double) -> Outcome {
        let interval = Duration.seconds(60) / perMinute
        carry(pool.handle(.start, at: now))
        for index in 0..<count {
            plan(.seconds(10) + interval * Double(index) + interval * (random.fraction() * 0.4), .disconnect)
        }
        let end = Duration.seconds(10) + interval * Double(count)
        for index in 0..<Int(end / .milliseconds(250)) { plan(.milliseconds(250) * index, .send) }
        for index in 0..<Int((end + .seconds(60)) / .milliseconds(250)) { plan(.milliseconds(250) * index, .tick) }
        while !agenda.isEmpty {
            let next = agenda.removeFirst()
            let isDark = now > .seconds(10) && now < end && !sides.values.contains { !$0.isSilent }
            if isDark { outcome.dark += next.at - now }
            now = next.at
            happen(next.what)
        }
        outcome.length = end - .seconds(10)
        outcome.unacknowledged = pending.count
        outcome.mostOpensInAMinute =
            opens.map { start in opens.count { $0 >= start && $0 < start + .seconds(60) } }.max() ?? 0
        return outcome
    }

    private mutating func plan(_ at: Duration, _ what: Happening) {
        order += 1
        let place = agenda.firstIndex { $0.at > at } ?? agenda.endIndex
        agenda.insert((at, order, what), at: place)
    }

    private mutating func soon(_ milliseconds: ClosedRange<Int>, _ what: Happening) {
        plan(now + .milliseconds(random.number(in: milliseconds)), what)
    }

    private mutating func happen(_ what: Happening) {
        switch what {
        case .tick: carry(pool.handle(.tick, at: now))
        case .disconnect: disconnect()
        case .send:
            outcome.envelopes += 1
            deliver("e\(outcome.envelopes)")
        case .toHost(let id, let event):
            // What was on its way over a connection that is gone never comes.
            if case .message(.envelope) = event, sides[id] == nil { return }
            carry(pool.handle(.socket(id, event), at: now))
        case .greeted(let id):
            guard pool.knows(id) else { return }
            sides[id] = Side()
            let hello = SocketHello(connections: sides.count, approximateSeconds: 3_600)
            carry(pool.handle(.socket(id, .message(.hello(hello))), at: now))
            for (envelope, socket) in pending.sorted(by: { $0.key < $1.key }) where socket == nil { deliver(envelope) }
        case .acknowledged(let id, let envelope):
            if let side = sides[id], !side.isSilent { pending[envelope] = nil }
        case .slackCloses(let id):
            guard sides[id] != nil else { return }
            remove(id)
            soon(10...40, .toHost(id, .closed(code: 1_000)))
        case .gone(let id): remove(id)
        }
    }

    /// Slack sends an envelope over any one of the sockets.
    private mutating func deliver(_ envelope: String) {
        let open = sides.filter { !$0.value.isEnding }.keys.sorted()
        guard !open.isEmpty else {
            pending[envelope] = .some(nil)
            return
        }
        let id = open[random.number(in: 0...(open.count - 1))]
        pending[envelope] = id
        guard sides[id]?.isSilent == false else { return }
        let request = Envelope(id: envelope, type: "events_api", payload: [:], acceptsAnswer: false)
        soon(15...60, .toHost(id, .message(.envelope(request))))
    }

    /// Slack has lost a socket: what it waits for goes over another one.
    private mutating func remove(_ id: Int) {
        guard sides.removeValue(forKey: id) != nil else { return }
        for (envelope, socket) in pending.sorted(by: { $0.key < $1.key }) where socket == id { deliver(envelope) }
    }

    private mutating func disconnect() {
        let open = sides.filter { !$0.value.isSilent && !$0.value.isEnding }.keys.sorted()
        guard !open.isEmpty else { return }
        let id = open[random.number(in: 0...(open.count - 1))]
        outcome.disconnects += 1
        switch random.number(in: 0...49) {
        case 0...28:
            remove(id)
            soon(1...30, .toHost(id, .closed(code: nil)))
        case 29...38: end(id, .warning, after: .seconds(10))
        case 39...48: end(id, .refreshRequested, after: .seconds(1))
        default: sides[id]?.isSilent = true
        }
    }

    private mutating func end(_ id: Int, _ reason: SocketDisconnect, after grace: Duration) {
        soon(15...60, .toHost(id, .message(.disconnect(reason))))
        plan(now + grace, .slackCloses(id))
    }

    private mutating func carry(_ actions: [SocketPool.Action]) {
        for action in actions {
            switch action {
            case .tell(let news): note(news)
            case .socket(let id, let action): perform(action, id)
            }
        }
    }

    private mutating func perform(_ action: SocketLife.Action, _ id: Int) {
        switch action {
        case .open:
            opens.append(now)
            let located = now + .milliseconds(random.number(in: 40...250))
            let connected = located + .milliseconds(random.number(in: 30...150))
            plan(located, .toHost(id, .located))
            plan(connected, .toHost(id, .connected))
            plan(connected + .milliseconds(random.number(in: 10...100)), .greeted(id))
        case .handle(let envelope):
            soon(2...400, .toHost(id, .answered(envelope: envelope.id, Array(envelope.id.utf8))))
        case .send(let text): soon(15...60, .acknowledged(id, String(decoding: text, as: UTF8.self)))
        case .ping: if sides[id]?.isSilent == false { soon(20...80, .toHost(id, .heard)) }
        case .close:
            sides[id]?.isEnding = true
            soon(15...60, .slackCloses(id))
        case .hangUp: soon(1...30, .gone(id))
        case .pong, .report: break
        }
    }

    private mutating func note(_ news: SocketPool.News) {
        switch news {
        case .live: if !lossesOpen.isEmpty { outcome.reconnects.append(now - lossesOpen.removeFirst()) }
        case .warned(let id, _): if told.insert(id).inserted { lossesOpen.append(now) }
        // A silent one was replaced when it was first suspected, before it is over.
        case .over(_, .lost(let reason)) where reason.utf8.starts(with: "nothing was heard".utf8): break
        case .over(let id, .lost), .over(let id, .disconnected):
            if told.insert(id).inserted { lossesOpen.append(now) }
        case .over, .strangers, .halted: break
        }
    }
}
