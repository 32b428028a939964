import BotStore
import Foundation

/// Who does what: which steps are under way, and which to begin next. In each channel one step posts and one edits, so that
/// a slow one keeps nobody else waiting.
struct PaintDesk: Sendable {
    /// A step in a channel.
    struct Task: Sendable, Hashable {
        let place: MessagePlace
        let step: ChannelPlan.Step

        fileprivate var lane: Lane {
            if case .edit = step { return Lane(place: place, isEditing: true) }
            return Lane(place: place, isEditing: false)
        }
    }

    fileprivate struct Lane: Sendable, Hashable {
        let place: MessagePlace
        let isEditing: Bool
    }

    /// Steps that are under way at once.
    static let atOnce = 16
    /// Of these, edits: what people have not seen at all comes first.
    static let editsAtOnce = 8

    private var storms = StormWatch()
    private var busy: Set<Lane> = []

    var isIdle: Bool { busy.isEmpty }

    /// Chooses what to begin, and counts it as under way.
    /// - Parameters:
    ///   - due: What waits, the most urgent channel first.
    ///   - room: What Slack will take in a channel.
    /// - Returns: The steps, and when to look again at the latest.
    mutating func begin(
        _ due: [DueMessages], at now: Date, uptime: Duration, room: (MessagePlace) -> ChannelPlan.Room
    ) -> (tasks: [Task], lookAgainIn: Duration?) {
        var tasks: [Task] = []
        var soonest: Duration?
        var edits: [String: Int] = [:]
        for waiting in due {
            let place = waiting.place
            var room = room(place)
            // Edits draw on one budget for the whole workspace.
            if let given = edits[place.workspace], room.edits > 0 {
                room.edits = max(0, room.edits - given)
                room.editWait = .seconds(1)
            }
            let plan = ChannelPlan(
                waiting, isStorm: storms.isStorm(in: place, waiting: waiting.posts, at: uptime),
                age: .seconds(max(0, now.timeIntervalSince(waiting.since))), room: room,
                isPosting: busy.contains(Lane(place: place, isEditing: false)),
                isEditing: busy.contains(Lane(place: place, isEditing: true)))
            for task in plan.steps.map({ Task(place: place, step: $0) }) {
                if case .edit(let most) = task.step {
                    guard busy.count(where: \.isEditing) < Self.editsAtOnce else { continue }
                    edits[place.workspace, default: 0] += most
                }
                guard busy.count < Self.atOnce else { continue }
                busy.insert(task.lane)
                tasks.append(task)
            }
            if let wait = plan.lookAgainIn { soonest = min(soonest ?? wait, wait) }
        }
        return (tasks, soonest)
    }

    mutating func finish(_ task: Task) {
        busy.remove(task.lane)
    }
}
