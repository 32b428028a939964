import Foundation

/// An on-call schedule: layers that take turns by the wall clock of the schedule's time zone, and overrides on top.
struct PDSchedule: Sendable {
    /// People who take turns. A later layer wins over an earlier one.
    struct Layer: Sendable {
        var id: String
        var name: String
        var userIDs: [String]
        /// The day of the first turn, counted from 1970-01-01.
        var firstDay: Int
        /// The second of the day at which a turn is handed over.
        var handoff: Int
        var turnDays: Int
        var restrictions: [Restriction] = []
    }

    /// The hours in which a layer is on duty. Without a weekday, it is every day's.
    struct Restriction: Sendable {
        var startSecond: Int
        var duration: Int
        var weekday: Int?
    }

    struct Override: Sendable {
        var id: String
        var userID: String
        var start: Date
        var end: Date
    }

    /// A contiguous time for which one person is on call.
    struct Entry: Sendable, Equatable {
        var start: Date
        var end: Date
        var userID: String
    }

    var id: String
    var name: String
    var description: String
    var timeZone: String
    var layers: [Layer]
    var overrides: [Override] = []
    var teamIDs: [String] = []

    var zone: TimeZone { TimeZone(identifier: timeZone) ?? PDTime.utc }

    /// Everybody in a layer, once each, in order.
    var userIDs: [String] {
        var seen: Set<String> = []
        return layers.flatMap(\.userIDs).filter { seen.insert($0).inserted }
    }

    /// How far to look around a moment so that a whole shift is seen.
    var horizon: Double {
        let days = layers.map { max(1, $0.turnDays) * (max(1, $0.userIDs.count) + 1) }.max() ?? 1
        return Double(min(days, 60)) * 86_400
    }

    /// The person on call at a moment, or nil where there is a gap.
    func userID(at date: Date) -> String? {
        if let override = overrides.last(where: { $0.start <= date && date < $0.end }) { return override.userID }
        return layers.reversed().lazy.compactMap { $0.userID(at: date, in: zone) }.first
    }

    /// Who is on call between two moments, cut at them.
    func entries(from start: Date, to end: Date) -> [Entry] {
        var edges = layers.flatMap { $0.edges(from: start, to: end, in: zone) }
        edges += overrides.flatMap { [$0.start, $0.end] }
        return Self.join(edges, from: start, to: end) { userID(at: $0) }
    }

    /// One layer by itself.
    func entries(of layer: Layer, from start: Date, to end: Date) -> [Entry] {
        Self.join(layer.edges(from: start, to: end, in: zone), from: start, to: end) { layer.userID(at: $0, in: zone) }
    }

    /// The overrides by themselves.
    func overrideEntries(from start: Date, to end: Date) -> [Entry] {
        Self.join(overrides.flatMap { [$0.start, $0.end] }, from: start, to: end) { date in
            overrides.last { $0.start <= date && date < $0.end }?.userID
        }
    }

    /// The entries that overlap a range, with the times at which they really begin and end.
    func wholeEntries(from start: Date, to end: Date) -> [Entry] {
        let upper = max(end, start.addingTimeInterval(1))
        return entries(from: start.addingTimeInterval(-horizon), to: upper.addingTimeInterval(horizon))
            .filter { $0.start < upper && $0.end > start }
    }

    private static func join(_ edges: [Date], from start: Date, to end: Date, who: (Date) -> String?) -> [Entry] {
        guard start < end else { return [] }
        let inner = Set(edges.filter { start < $0 && $0 < end }).sorted()
        var entries: [Entry] = []
        for (from, to) in zip([start] + inner, inner + [end]) {
            guard let userID = who(from) else { continue }
            if let last = entries.last, last.userID == userID, last.end == from {
                entries[entries.count - 1].end = to
            } else {
                entries.append(Entry(start: from, end: to, userID: userID))
            }
        }
        return entries
    }
}

extension PDSchedule.Layer {
    func userID(at date: Date, in zone: TimeZone) -> String? {
        let wall = PDTime.wall(date, in: zone)
        guard !userIDs.isEmpty, restrictions.isEmpty || restrictions.contains(where: { $0.covers(wall) }) else {
            return nil
        }
        let day = wall.second >= handoff ? wall.day : wall.day - 1
        let turn = PDTime.floorDivide(day - firstDay, max(1, turnDays))
        guard turn >= 0 else { return nil }
        return userIDs[turn % userIDs.count]
    }

    /// The moments between two others at which this layer may change.
    func edges(from start: Date, to end: Date, in zone: TimeZone) -> [Date] {
        var seconds = [handoff]
        for restriction in restrictions {
            seconds += [restriction.startSecond, (restriction.startSecond + restriction.duration) % 86_400]
        }
        let first = PDTime.wall(start, in: zone).day - 1
        let last = PDTime.wall(end, in: zone).day + 1
        guard first <= last, last - first < 800 else { return [] }
        return (first...last).flatMap { day in
            seconds.map { PDTime.instant(PDTime.Wall(day: day, second: $0), in: zone) }
        }
    }
}

extension PDSchedule.Restriction {
    /// Whether a wall clock lies in these hours, which may run past midnight.
    func covers(_ wall: PDTime.Wall) -> Bool {
        let past = (wall.second - startSecond + 86_400) % 86_400
        guard let weekday else { return past < duration }
        // Counted in seconds of the week, so that a weekend may be one restriction.
        let start = (weekday - 1) * 86_400 + startSecond
        let now = (wall.weekday - 1) * 86_400 + wall.second
        return (now - start + 604_800) % 604_800 < duration
    }
}
