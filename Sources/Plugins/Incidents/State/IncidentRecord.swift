import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Everything that is known of an incident in one workspace.
///
/// It only ever grows newer: whatever order events come in, and however often, the same events make the same record.
struct IncidentRecord: Codable, Hashable, Sendable {
    let id: PagerDuty.ID
    /// The incident as it was last seen whole.
    var incident: Stamped<PagerDuty.Incident>?
    /// Told apart from the incident, by an event of its own.
    var bridge: Stamped<Bridge>?
    var statusUpdate: Stamped<String>?
    var change: Stamped<IncidentChange>?
    /// What only a look into PagerDuty tells.
    var background: IncidentBackground?
    /// The channels that show it, by id.
    var channels: [String: Audience] = [:]
    /// The channel of the incident's own, where people work on it.
    var dedicated: String?
    /// The events that were shown and told, as far as anybody wants that; the latest at the end.
    var told: [String] = []
    /// What happened when, in whole seconds, the latest at the end: the same thing is told by a webhook and stands in
    /// PagerDuty's log, under different ids.
    var seen: [Seen] = []

    /// Who a channel's message is for.
    enum Audience: String, Codable, Sendable {
        /// People who act on it.
        case responders
        /// People who only want to know.
        case stakeholders
    }

    struct Seen: Codable, Hashable, Sendable {
        var kind: PagerDuty.IncidentEvent.Kind
        var second: Int64
        var id: String

        init(_ event: PagerDuty.IncidentEvent) {
            kind = event.kind
            // Moments are bounded where they are read.
            second = Int64(exactly: event.occurredAt.timeIntervalSince1970.rounded(.down)) ?? 0
            id = event.id
        }

        /// Which way it came: ids of the log and of V2 webhooks are marked where they are read.
        var way: Substring { ["log-", "v2-"].first { id.hasPrefix($0) }.map { $0[...] } ?? "" }

        /// How far apart, in seconds, the times may be that two ways tell of the same thing.
        static let sameMoment: Int64 = 2

        func isSameMoment(as other: Seen) -> Bool {
            kind == other.kind && abs(second - other.second) <= Self.sameMoment
        }
    }

    struct Bridge: Codable, Hashable, Sendable {
        var number: String?
        var link: PagerDuty.WebLink?
    }

    init(id: PagerDuty.ID) {
        self.id = id
    }

    /// How many events are remembered as told.
    static let mostTold = 200
    static let mostSeen = 100

    static let prefix = "incident/"
    /// Its place in the store.
    static func key(_ id: PagerDuty.ID) -> String { prefix + id.value }
    /// How long it is kept after it changed last: longer than anybody works on an incident.
    static let lifetime: TimeInterval = 90 * 86_400

    /// The incident as its message should show it; `nil` where it was never seen whole.
    var shown: PagerDuty.Incident? {
        guard let seen = incident else { return nil }
        var shown = seen.value
        if let bridge, bridge.at >= seen.at {
            shown.conferenceNumber = bridge.value.number
            shown.conferenceLink = bridge.value.link
        }
        return shown
    }
}

extension IncidentRecord {
    /// Takes in what an event tells.
    mutating func take(_ event: PagerDuty.IncidentEvent) {
        func stamped<Value>(_ value: Value) -> Stamped<Value> {
            Stamped(value, at: event.occurredAt, source: event.id)
        }
        if let whole = event.incident { incident = .later(stamped(whole), than: incident) }
        switch event.subject {
        case .conferenceBridge(let number, let link):
            bridge = .later(stamped(Bridge(number: number, link: link)), than: bridge)
        case .statusUpdate(let message): statusUpdate = .later(stamped(message), than: statusUpdate)
        default: break
        }
        change = .later(stamped(IncidentChange(event)), than: change)
        let moment = Seen(event)
        guard !seen.contains(moment) else { return }
        seen.append(moment)
        if seen.count > Self.mostSeen { seen.removeFirst(seen.count - Self.mostSeen) }
    }

    /// Takes in the incident as PagerDuty answered that it is.
    ///
    /// - Parameter base: the time of what was known when PagerDuty was asked. Its times are cut to seconds, so of two
    ///   within one second the answer counts where nothing was learned in between.
    mutating func take(answer: PagerDuty.Incident, base: Date?) {
        let at = answer.updatedAt ?? answer.createdAt ?? .distantPast
        if let known = incident {
            let second = Date(timeIntervalSince1970: known.at.timeIntervalSince1970.rounded(.down))
            guard known.at == base ? at >= second : at > known.at else { return }
        }
        // What an answer says was so at least until then.
        incident = Stamped(answer, at: max(at, incident?.at ?? at), source: "")
    }

    /// True where the same thing came before by the other way: a late webhook tells what stood in the log.
    ///
    /// Two notes within a second are two things, so the first of one way goes with the first of the other, and so on.
    func isTwin(_ event: PagerDuty.IncidentEvent) -> Bool {
        let moment = Seen(event)
        let before = seen.prefix { $0.id != event.id }.filter { $0.isSameMoment(as: moment) }
        let ways = Dictionary(grouping: before, by: \.way).mapValues(\.count)
        return ways.contains { $0.key != moment.way && $0.value > ways[moment.way, default: 0] }
    }

    /// True where nothing is left to do about an event. One that was taken in is not shown for that: the process may have
    /// ended in between.
    func isDone(with event: PagerDuty.IncidentEvent) -> Bool { told.contains(event.id) || isTwin(event) }

    /// True where an event tells of a time before what is known.
    func isPast(_ event: PagerDuty.IncidentEvent) -> Bool {
        guard let incident else { return false }
        return event.occurredAt < incident.at
    }

    /// Notes that an event was shown and told.
    mutating func tell(_ event: String) {
        guard !told.contains(event) else { return }
        told.append(event)
        if told.count > Self.mostTold { told.removeFirst(told.count - Self.mostTold) }
    }
}
