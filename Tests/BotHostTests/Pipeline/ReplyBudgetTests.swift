import Foundation
import Synchronization
import Testing

@testable import BotHost

@Suite(.timeLimit(.minutes(10))) struct ReplyBudgetTests {
    let clock = ManualClock()
    var budget: ReplyBudget { ReplyBudget(budget: .seconds(2), tick: .milliseconds(100), clock: clock.host) }

    @Test func `a handler that is quick answers itself`() async {
        let budget = budget
        let late = Journal<Int>()
        let outcome = await budget.race {
            1
        } late: {
            late.note($0)
        }
        #expect(outcome == 1)
        clock.advance(by: .seconds(10))
        budget.advance()
        #expect(late.entries.isEmpty)
    }

    @Test func `a handler that takes longer is answered for, and its outcome delivered later`() async {
        let budget = budget
        let gate = Gate()
        let late = Journal<Int>()
        async let outcome = budget.race {
            await gate.pass()
            return 1
        } late: {
            late.note($0)
        }
        await gate.arrival()
        budget.advance()
        clock.advance(by: .milliseconds(1_800))
        budget.advance()
        clock.advance(by: .milliseconds(200))
        // The race may not be registered yet when the first tick passes: ticks go on.
        await clock.advance(by: .milliseconds(100)) {
            budget.advance()
            return clock.now > ManualClock.start.addingTimeInterval(5)
        }
        #expect(await outcome == nil)
        #expect(late.entries.isEmpty)
        gate.open()
        #expect(await late.next() == 1)
    }

    @Test func `a handler has nearly the whole budget, and never more than a tick over`() async {
        let budget = budget
        let gate = Gate()
        let isOver = Mutex(false)
        let race = Task {
            let outcome = await budget.race {
                await gate.pass()
                return 1
            } late: { _ in
            }
            isOver.withLock { $0 = true }
            return outcome
        }
        await gate.arrival()
        // Until it is registered, a tick sees nothing.
        while budget.waiting == 0 { await Task.yield() }
        clock.advance(by: .milliseconds(100))
        budget.advance()
        clock.advance(by: .milliseconds(1_850))
        budget.advance()
        for _ in 0..<100 { await Task.yield() }
        let state1 = isOver.withLock(\.self)
        #expect(!state1)
        clock.advance(by: .milliseconds(100))
        budget.advance()
        #expect(await race.value == nil)
        gate.open()
    }

    @Test func `of answer and late delivery there is always exactly one`() async {
        let budget = budget
        let late = Mutexed<Int>()
        let lates = Journal<Void>()
        let finished = Mutexed<Int>()
        let isDone = Mutexed<Bool>()
        async let ticking: Void = clock.advance(by: .milliseconds(700)) {
            budget.advance()
            return !isDone.values.isEmpty
        }
        let inTime = await withTaskGroup(of: Int?.self, returning: Int.self) { group in
            for number in 0..<2_000 {
                group.addTask {
                    await budget.race {
                        for _ in 0..<(number % 50) { await Task.yield() }
                        finished.append(number)
                        return number
                    } late: { _ in
                        late.append(number)
                        lates.note(())
                    }
                }
            }
            var count = 0
            for await outcome in group where outcome != nil { count += 1 }
            return count
        }
        // The late ones are on their way.
        for _ in inTime..<2_000 { await lates.next() }
        isDone.append(true)
        await ticking
        #expect(finished.values.count == 2_000)
        #expect(inTime + late.values.count == 2_000)
    }

    @Test func `a stop lets everybody go who still waits`() async throws {
        let budget = budget
        let gate = Gate()
        let running = Task { try await budget.run() }
        async let outcome = budget.race {
            await gate.pass()
            return 1
        } late: { _ in
        }
        while budget.waiting == 0 { await Task.yield() }
        running.cancel()
        #expect(await outcome == nil)
        _ = await running.result
        gate.open()
    }
}

@Suite(.timeLimit(.minutes(10))) struct InflightTests {
    @Test func `a stop waits for what is under way`() async {
        let (inflight, gate, clock) = (Inflight(), Gate(), ManualClock())
        inflight.start { await gate.pass() }
        await gate.arrival()
        async let drained = inflight.drained(within: .seconds(4), clock: clock.host)
        gate.open()
        #expect(await drained)
        #expect(inflight.count == 0)
    }

    @Test func `a stop does not wait for ever`() async {
        let (inflight, gate, clock) = (Inflight(), Gate(), ManualClock())
        inflight.start { await gate.pass() }
        async let drained = inflight.drained(within: .seconds(4), clock: clock.host)
        while clock.sleeping == 0 { await Task.yield() }
        clock.advance(by: .seconds(4))
        #expect(await !drained)
        gate.open()
    }

    @Test func `where nothing is under way a stop goes on at once`() async {
        #expect(await Inflight().drained(within: .seconds(4), clock: ManualClock().host))
    }
}
