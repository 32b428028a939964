import FoundationEssentials
import PagerDutyKit

/// Who is on call for a policy: level by level, until when, and who is next.
struct Rota: Equatable {
    /// Levels with somebody on call, the first one told first.
    var levels: [Level]

    struct Level: Equatable {
        var number: Int
        var shifts: [Shift]
    }

    struct Shift: Equatable {
        var user: PagerDuty.User
        /// Absent where the person stands in the policy without a schedule.
        var schedule: PagerDuty.Reference?
        /// Absent where the person does not go off call.
        var until: Date?
        var next: Next?
    }

    struct Next: Equatable {
        var user: PagerDuty.User
        var from: Date
    }

    /// - Parameters:
    ///   - now: what PagerDuty tells for this moment.
    ///   - later: what it tells for the time from now on; may hold the present shifts too.
    init(now: [PagerDuty.OnCall], later: [PagerDuty.OnCall]) {
        var places: Set<Place> = []
        let shifts = now.sorted { ($0.level, $0.user.name) < ($1.level, $1.user.name) }
            .filter { places.insert(Place($0)).inserted }
            .map { (level: $0.level, shift: Self.shift($0, later: later)) }
        levels = Dictionary(grouping: shifts, by: \.level).sorted { $0.key < $1.key }.map { level, shifts in
            Level(number: level, shifts: shifts.map(\.shift))
        }
    }

    /// One person is told once a level and schedule, however often PagerDuty lists them.
    private struct Place: Hashable {
        var level: Int
        var user: PagerDuty.ID
        var schedule: PagerDuty.ID?

        init(_ onCall: PagerDuty.OnCall) {
            level = onCall.level
            user = onCall.user.id
            schedule = onCall.schedule?.id
        }
    }

    private static func shift(_ onCall: PagerDuty.OnCall, later: [PagerDuty.OnCall]) -> Shift {
        var shift = Shift(user: onCall.user, schedule: onCall.schedule, until: onCall.end)
        guard onCall.end != nil, let schedule = onCall.schedule else { return shift }
        let following = later.filter { $0.level == onCall.level && $0.schedule?.id == schedule.id }
            .compactMap { later in later.start.map { (start: $0, onCall: later) } }
            .sorted { $0.start < $1.start }
        // Layers and overrides cut one stretch of duty into several: what goes on without a break is one.
        for (start, later) in following {
            guard let until = shift.until, start >= until else { continue }
            guard later.user.id == onCall.user.id, start == until else {
                shift.next = Next(user: later.user, from: start)
                break
            }
            shift.until = later.end
        }
        return shift
    }
}
