import BotStore
import Foundation
import Testing

@testable import BotHost

/// What comes first in a channel.
@Suite struct ChannelPlanTests {
    private static let place = MessagePlace(workspace: "T1", channel: "C1")

    struct Situation: Sendable, CustomStringConvertible {
        var description: String
        var posts = 0
        var urgent = 0
        var replies = 0
        var edits = 0
        var isStorm = false
        var age = Duration.zero
        var room = ChannelPlan.Room(posts: 3, edits: 9)
        var isPosting = false
        var steps: [ChannelPlan.Step] = []
        var wait: Duration?
    }

    private static let full = ChannelPlan.Room(posts: 0, postWait: .seconds(1), edits: 0, editWait: .seconds(2))

    @Test(arguments: [
        Situation(description: "nothing waits"),
        Situation(description: "a message is posted", posts: 1, steps: [.post(most: 1)]),
        Situation(description: "as many as Slack takes", posts: 9, steps: [.post(most: 3)]),
        Situation(description: "what begins a thread comes first", posts: 1, replies: 5, steps: [.post(most: 1)]),
        Situation(description: "then what is said in one", replies: 5, steps: [.reply(most: 3)]),
        Situation(
            description: "edits have a budget of their own", posts: 1, edits: 2,
            steps: [.edit(most: 2), .post(most: 1)]),
        Situation(description: "where there is no room it waits", posts: 1, edits: 1, room: full, wait: .seconds(1)),
        Situation(description: "where something is being posted already nothing is begun", posts: 4, isPosting: true),
        Situation(
            description: "urgent ones are told of at once in a storm", posts: 12, urgent: 1, isStorm: true,
            steps: [.digest]),
        Situation(description: "others are gathered", posts: 12, isStorm: true, age: .seconds(2), wait: .seconds(3)),
        Situation(description: "for five seconds", posts: 12, isStorm: true, age: .seconds(5), steps: [.digest]),
        Situation(description: "or until a digest is full", posts: 60, isStorm: true, steps: [.digest]),
        Situation(description: "a single one needs no digest", posts: 1, isStorm: true, steps: [.post(most: 1)]),
        Situation(description: "threads wait until it is calm", replies: 9, isStorm: true, wait: .seconds(1)),
        Situation(description: "a storm does not hold edits up", edits: 1, isStorm: true, steps: [.edit(most: 1)]),
        Situation(
            description: "a storm keeps to the budget", posts: 99, urgent: 9, isStorm: true, room: full,
            wait: .seconds(1)),
    ])
    func `the plan`(_ situation: Situation) {
        let due = DueMessages(
            place: Self.place, posts: situation.posts, urgentPosts: situation.urgent, replies: situation.replies,
            edits: situation.edits, since: .distantPast)
        let plan = ChannelPlan(
            due, isStorm: situation.isStorm, age: situation.age, room: situation.room, isPosting: situation.isPosting)
        #expect(plan.steps == situation.steps)
        #expect(plan.lookAgainIn == situation.wait)
    }

    @Test func `a storm begins with the eleventh message and ends after ten seconds of calm`() {
        var watch = StormWatch()
        func isStorm(_ waiting: Int, at second: Int) -> Bool {
            watch.isStorm(in: Self.place, waiting: waiting, at: .seconds(second))
        }
        #expect(!isStorm(10, at: 0))
        #expect(isStorm(11, at: 1))
        #expect(isStorm(0, at: 2))
        #expect(isStorm(2, at: 10), "two at once are no calm")
        #expect(isStorm(1, at: 19))
        #expect(!isStorm(10, at: 20))
        #expect(isStorm(11, at: 21))
        let isStormElsewhere = watch.isStorm(
            in: MessagePlace(workspace: "T1", channel: "C2"), waiting: 10, at: .seconds(21))
        #expect(!isStormElsewhere)
        #expect(!isStorm(2, at: 3_600), "an old storm is over")
    }

    @Test func `storms are remembered only as long as they may go on`() {
        var watch = StormWatch()
        for number in 0..<5_000 {
            let place = MessagePlace(workspace: "T1", channel: "C\(number)")
            _ = watch.isStorm(in: place, waiting: 99, at: .milliseconds(number * 20))
        }
        #expect(watch.count <= StormWatch.capacity)
    }

    @Test func `each channel does one thing of a kind at a time, and edits leave room for posts`() {
        var desk = PaintDesk()
        let due = (0..<20).map {
            DueMessages(
                place: MessagePlace(workspace: "T\($0)", channel: "C1"), posts: 1, urgentPosts: 0, replies: 0, edits: 1,
                since: ManualClock.start)
        }
        func begin() -> [PaintDesk.Task] {
            desk.begin(due, at: ManualClock.start, uptime: .zero) { _ in ChannelPlan.Room(posts: 3, edits: 9) }.tasks
        }
        let first = begin()
        #expect(first.count == PaintDesk.atOnce)
        #expect(first.count { $0.step == .edit(most: 1) } == PaintDesk.editsAtOnce)
        #expect(begin().isEmpty)
        desk.finish(first[0])
        #expect(begin().count == 1)
    }

    @Test func `edits of one workspace do not draw on the same room twice`() {
        var desk = PaintDesk()
        let due = (0..<4).map {
            DueMessages(
                place: MessagePlace(workspace: "T1", channel: "C\($0)"), posts: 0, urgentPosts: 0, replies: 0, edits: 5,
                since: ManualClock.start)
        }
        let begun = desk.begin(due, at: ManualClock.start, uptime: .zero) { _ in
            ChannelPlan.Room(posts: 3, edits: 7, editWait: .zero)
        }
        #expect(begun.tasks.map(\.step) == [.edit(most: 5), .edit(most: 2)])
    }
}
