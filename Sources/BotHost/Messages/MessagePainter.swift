import BotStore
import Foundation
import Logging
import PluginAPI
import ServiceLifecycle
import SlackKit
import Synchronization

/// Makes Slack show what plugins said it should: takes the newest wish for each message, posts it or edits what it
/// posted, and notes what people see now.
///
/// Goes round what is due, and begins as much as Slack will take: see `ChannelPlan` for what comes first in a channel, and
/// `Brush` for what becomes of one message.
final class MessagePainter: Service {
    private let store: any MessageStore
    private let wakeups: @Sendable () -> AsyncStream<Void>
    private let clock: HostClock
    private let logger: Logger
    private let brush: Brush
    private let press: DigestPress
    private let room: Room
    private let desk = Mutex(PaintDesk())
    private let running = Inflight()
    /// When somebody looks again already.
    private let nextLook = Mutex<Duration?>(nil)

    /// Calls Slack for a workspace.
    typealias Call =
        @Sendable (_ method: String, _ arguments: JSONValue, _ workspace: String, _ organization: String)
        async throws -> JSONValue
    /// What Slack will take in a channel of a workspace.
    typealias Room = @Sendable (_ place: MessagePlace) -> ChannelPlan.Room

    /// Part of each budget of Slack's that is left to people who wait for an answer.
    static let reserve = 5.0
    /// The floor under the store's hints: messages may come from another process.
    static let poll = Duration.seconds(1)
    /// The shortest pause between two looks that nothing has called for.
    static let breath = Duration.milliseconds(10)
    static let lease: TimeInterval = 30
    /// How long a stop waits for posts that are under way. What is not confirmed then is looked for after the next start.
    static let patience = Duration.seconds(3)

    init(
        store: any MessageStore, wakeups: @escaping @Sendable () -> AsyncStream<Void>, clock: HostClock, logger: Logger,
        fallback: @escaping @Sendable (_ workspace: String) -> String? = { _ in nil },
        room: @escaping Room, call: @escaping Call
    ) {
        self.store = store
        self.wakeups = wakeups
        self.clock = clock
        self.logger = logger
        self.room = room
        brush = Brush(store: store, clock: clock, logger: logger, call: call, fallback: fallback)
        press = DigestPress(store: store, metrics: brush.metrics)
    }

    func run() async throws {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { [wakeups] in
                    for await _ in wakeups() { signal.yield() }
                }
                group.addTask { [clock] in
                    while !Task.isCancelled {
                        signal.yield()
                        try? await clock.sleep(Self.poll)
                    }
                    signal.finish()
                }
                for await _ in signals {
                    await round { signal.yield() }
                    if Task.isCancelled { break }
                }
                group.cancelAll()
            }
        }
        if await !running.drained(within: Self.patience, clock: clock) {
            logger.error("stopping while messages are being posted", metadata: ["count": "\(running.count)"])
        }
    }

    /// Begins what can be begun now.
    /// - Parameter again: Called when there may be something to begin again.
    /// - Returns: How many steps were begun.
    @discardableResult func round(_ again: @escaping @Sendable () -> Void = {}) async -> Int {
        let now = clock.now()
        let due: [DueMessages]
        do {
            due = try await store.dueMessages(limit: 1_000, at: now)
        } catch {
            logger.error("live messages cannot be read: \(error)")
            return 0
        }
        brush.metrics.waiting(due)
        let (tasks, wait) = desk.withLock { desk in
            desk.begin(due, at: now, uptime: clock.uptime()) { place in
                room(MessagePlace(workspace: place.workspace, channel: brush.target(of: place)))
            }
        }
        for task in tasks {
            // A task of its own, which a stop does not cancel: whether a post that was cut off half way was made, nobody
            // knows.
            running.start { [self] in
                await perform(task)
                desk.withLock { $0.finish(task) }
                again()
            }
        }
        if let wait, wait < Self.poll { look(in: wait, again) }
        return tasks.count
    }

    /// Waits for what was begun.
    func idle(within limit: Duration) async -> Bool { await running.drained(within: limit, clock: clock) }

    /// Looks again a little later, once however many ask for it.
    private func look(in wait: Duration, _ again: @escaping @Sendable () -> Void) {
        let at = clock.uptime() + wait
        let isNew = nextLook.withLock { next in
            if let next, next <= at { return false }
            next = at
            return true
        }
        guard isNew else { return }
        Task { [self] in
            try? await clock.sleep(max(wait, Self.breath))
            nextLook.withLock { if $0 == at { $0 = nil } }
            again()
        }
    }

    private func perform(_ task: PaintDesk.Task) async {
        do {
            switch task.step {
            case .post(let most): try await paint(.post, task.place, most)
            case .reply(let most): try await paint(.reply, task.place, most)
            case .edit(let most): try await paint(.edit, task.place, most)
            case .digest:
                let now = clock.now()
                let messages = try await press.gather(
                    in: task.place, at: now, leaseUntil: now.addingTimeInterval(Self.lease))
                for message in messages { await brush.paint(message) }
            }
        } catch {
            logger.error("live messages cannot be claimed: \(error)", metadata: ["channel": "\(task.place.channel)"])
        }
    }

    /// One after the other, so that they stand in the order in which they were wished for, each under a lease of its own.
    private func paint(_ work: MessageWork, _ place: MessagePlace, _ most: Int) async throws {
        for _ in 0..<most {
            let now = clock.now()
            let claimed = try await store.claimMessages(
                work, in: place, lane: nil, limit: 1, at: now, leaseUntil: now.addingTimeInterval(Self.lease))
            guard let message = claimed.first else { return }
            await brush.paint(message)
        }
    }
}
