import SlackKit

/// The sockets of one app: how many, when the next one is opened, when an old one goes, and when it is better to stop.
/// Like ``SocketLife`` it only decides; ``SocketMode`` does what it says.
///
/// Three are kept, of different age, so that they do not end together; before one goes, the next one is there.
struct SocketPool: Sendable {
    /// The number of a socket.
    typealias ID = Int

    enum Event: Sendable {
        case start
        case socket(ID, SocketLife.Event)
        case tick
        case stop
    }

    enum Action: Sendable, Equatable {
        case socket(ID, SocketLife.Action)
        case tell(News)
    }

    /// What an operator should read.
    enum News: Sendable, Equatable {
        case live(ID, SocketHello)
        case warned(ID, SocketDisconnect)
        case over(ID, SocketLife.End)
        /// Somebody else has this many connections of the app, and gets what Slack sends there; 0 is nobody any more.
        case strangers(Int)
        /// No socket will be opened until the host is started again.
        case halted(String)
    }

    private struct Member: Sendable {
        var life: SocketLife
        var isLive = false
        /// It may be dead, and is not counted on.
        var isSuspect = false
        /// Slack or the pool wants it to go.
        var isLeaving = false
        var isRetired = false
        /// When the pool replaces it by itself.
        var ends: Duration?

        var isCountedOn: Bool { !isLeaving && !isSuspect }
    }

    /// One that is there, one for the moment in which that one breaks, and one for the moment in which Slack does not say
    /// that it has.
    static let wanted = 3
    /// When, in parts of its life, a socket is replaced.
    private static let plannedEnds = [0.8, 0.6, 0.4, 0.3]
    /// What Slack is taken to mean where it does not say how long a connection lasts.
    static let usualSeconds = 3_600
    /// For how long Slack may still count a connection that is gone.
    private static let afterglow = Duration.seconds(60)

    private let chance: @Sendable () -> Double
    private var members: [ID: Member] = [:]
    private var lastID = 0
    private var pace = OpeningPace()
    private var gone: [Duration] = []
    private var isRunning = false
    private var halted: String?
    private var lastFailure: String?
    private(set) var strangers = 0

    /// - Parameter chance: A number from 0 to 1, another one each time.
    init(chance: @escaping @Sendable () -> Double) {
        self.chance = chance
    }

    /// Nothing is left to do.
    var isOver: Bool { !isRunning && members.isEmpty }

    /// How many sockets requests can come over.
    var liveCount: Int { members.values.count { $0.isLive } }

    /// Why no request can come, where none can.
    var problem: String? {
        guard liveCount == 0 else { return nil }
        return halted ?? "no socket to Slack is open" + (lastFailure.map { ": \($0)" } ?? " yet")
    }

    /// Whether this socket still has something to live for.
    func knows(_ id: ID) -> Bool { members[id] != nil }

    mutating func handle(_ event: Event, at now: Duration) -> [Action] {
        var actions: [Action] = []
        switch event {
        case .start: isRunning = true
        case .stop:
            isRunning = false
            retireAll(at: now, &actions)
        case .socket(let id, let event): feed(event, to: id, at: now, &actions)
        case .tick:
            for id in members.keys.sorted() { feed(.tick, to: id, at: now, &actions) }
        }
        balance(at: now, &actions)
        return actions
    }

    // MARK: one socket

    private mutating func feed(_ event: SocketLife.Event, to id: ID, at now: Duration, _ actions: inout [Action]) {
        guard let todo = members[id]?.life.handle(event, at: now) else { return }
        carry(todo, id, at: now, &actions)
    }

    private mutating func carry(
        _ todo: [SocketLife.Action], _ id: ID, at now: Duration, _ actions: inout [Action]
    ) {
        for action in todo {
            guard case .report(let report) = action else {
                actions.append(.socket(id, action))
                continue
            }
            switch report {
            case .live(let hello): live(id, hello, at: now, &actions)
            case .suspect: members[id]?.isSuspect = true
            case .recovered: members[id]?.isSuspect = false
            case .warned(let reason): warned(id, reason, at: now, &actions)
            case .over(let end): over(id, end, at: now, &actions)
            }
        }
    }

    private mutating func live(_ id: ID, _ hello: SocketHello, at now: Duration, _ actions: inout [Action]) {
        pace.succeeded()
        lastFailure = nil
        let lifetime = Duration.seconds(min(max(hello.approximateSeconds ?? Self.usualSeconds, 60), 86_400))
        members[id]?.isLive = true
        let part = plannedEnd(of: id, lifetime, at: now) + 0.05 * chance()
        members[id]?.ends = now + lifetime * part
        actions.append(.tell(.live(id, hello)))
        count(hello, at: now, &actions)
    }

    /// Well before Slack ends it, and as far as can be from the ends of the others.
    private func plannedEnd(of id: ID, _ lifetime: Duration, at now: Duration) -> Double {
        let others = members.filter { $0.key != id && !$0.value.isLeaving }.compactMap(\.value.ends)
        func room(_ part: Double) -> Double { others.map { abs(($0 - now) / lifetime - part) }.min() ?? 1 }
        return Self.plannedEnds.max { room($0) < room($1) } ?? 0.8
    }

    /// Slack says how many connections the app has. More than ours are somebody's who gets our requests.
    private mutating func count(_ hello: SocketHello, at now: Duration, _ actions: inout [Action]) {
        guard let connections = hello.connections else { return }
        gone.removeAll { now - $0 >= Self.afterglow }
        let excess = max(0, connections - members.count - gone.count)
        guard excess != strangers else { return }
        // Fewer than before may only mean that ours that are gone were counted too.
        if excess < strangers, !gone.isEmpty { return }
        strangers = excess
        actions.append(.tell(.strangers(excess)))
    }

    private mutating func warned(
        _ id: ID, _ reason: SocketDisconnect, at now: Duration, _ actions: inout [Action]
    ) {
        members[id]?.isLeaving = true
        actions.append(.tell(.warned(id, reason)))
        switch reason {
        case .linkDisabled:
            halt(
                "Socket Mode is switched off for this app: switch it on under Socket Mode at api.slack.com/apps, and start the host again",
                &actions)
            retireAll(at: now, &actions)
        case .tooManyWebSockets: pace.tooMany(at: now, chance: chance())
        case .warning, .refreshRequested, .other: break
        }
    }

    private mutating func over(_ id: ID, _ end: SocketLife.End, at now: Duration, _ actions: inout [Action]) {
        if members.removeValue(forKey: id)?.isLive == true { gone.append(now) }
        actions.append(.tell(.over(id, end)))
        switch end {
        case .refused(let failure):
            lastFailure = failure.sentence
            if failure.isFinal {
                halt("Slack refuses sockets (\(failure.code)): \(failure.sentence)", &actions)
            }
            pace.failed(at: now, retryAfter: failure.retryAfter, chance: chance())
        case .failed(let reason):
            lastFailure = reason
            pace.failed(at: now, retryAfter: nil, chance: chance())
        case .lost(let reason): lastFailure = reason
        case .disconnected(let reason): lastFailure = "Slack closed it (\(reason.name))"
        case .retired: break
        }
    }

    // MARK: all of them

    /// No more are opened. Those that are open serve on.
    private mutating func halt(_ why: String, _ actions: inout [Action]) {
        guard halted == nil else { return }
        halted = why
        actions.append(.tell(.halted(why)))
    }

    private mutating func retireAll(at now: Duration, _ actions: inout [Action]) {
        for id in members.keys.sorted() { retire(id, at: now, &actions) }
    }

    private mutating func retire(_ id: ID, at now: Duration, _ actions: inout [Action]) {
        guard members[id]?.isRetired == false else { return }
        members[id]?.isLeaving = true
        members[id]?.isRetired = true
        feed(.retire, to: id, at: now, &actions)
    }

    /// Enough sockets, and no more.
    private mutating func balance(at now: Duration, _ actions: inout [Action]) {
        guard isRunning, halted == nil else { return }
        for (id, member) in members where !member.isLeaving {
            if let ends = member.ends, now >= ends { members[id]?.isLeaving = true }
        }
        var staying = members.values.count { $0.isCountedOn }
        while staying < Self.wanted, pace.opens(at: now) {
            lastID += 1
            let (life, todo) = SocketLife.begin(at: now)
            members[lastID] = Member(life: life)
            carry(todo, lastID, at: now, &actions)
            staying += 1
        }
        guard members.values.count(where: { $0.isLive && $0.isCountedOn }) >= Self.wanted else { return }
        for id in members.keys.sorted() where members[id]?.isLeaving == true { retire(id, at: now, &actions) }
    }
}
