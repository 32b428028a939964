import Foundation
import Synchronization

@testable import BotHost

/// Time that stands still until a test moves it.
final class ManualClock: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var last = 0
        var sleepers: [Int: (until: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var cancelled: Set<Int> = []
    }
    private let state = Mutex(State())
    static let start = Date(timeIntervalSince1970: 1_790_000_000)

    var host: HostClock {
        HostClock(
            now: { self.now }, sleep: { try await self.pass($0) }, uptime: { self.state.withLock(\.elapsed) })
    }

    var now: Date { Self.start.addingTimeInterval(state.withLock(\.elapsed) / .seconds(1)) }

    /// How many wait for a time to come.
    var sleeping: Int { state.withLock(\.sleepers.count) }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.elapsed += duration
            let due = state.sleepers.filter { $0.value.until <= state.elapsed }
            for key in due.keys { state.sleepers[key] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    /// Moves time on, a step at a time, until something has come about.
    func advance(by step: Duration, until isDone: () async -> Bool) async {
        while await !isDone() {
            advance(by: step)
            await Task.yield()
        }
    }

    private func pass(_ duration: Duration) async throws {
        let id = state.withLock { state in
            state.last += 1
            return state.last
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isCancelled = state.withLock { state in
                    guard state.cancelled.remove(id) == nil else { return true }
                    state.sleepers[id] = (state.elapsed + duration, continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: id)
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
