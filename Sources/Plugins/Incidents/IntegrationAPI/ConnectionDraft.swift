import PagerDutyKit
import PluginAPI

/// What a program wants a connection to be.
struct ConnectionDraft: Sendable {
    var kind: Connection.Source.Kind
    var source: PagerDuty.ID
    var channel: String
    var audience: IncidentRecord.Audience
    var filter: ConnectionFilter

    /// What is wrong with it.
    struct Refused: Error {
        var answer: WebResponse
    }

    /// - Parameter present: what stays where the body does not say; `nil` for a new one, which has to say.
    static func read(_ body: [UInt8], over present: Connection?) -> Result<ConnectionDraft, Refused> {
        guard let json = try? JSONValue(decoding: body, maximumBytes: 65_536) else {
            return .failure(Refused(answer: .malformed))
        }
        let given = json["slack_connection"]
        guard given.object != nil else { return .failure(Refused(answer: .invalid)) }
        var errors: [String] = []
        let source = text(given["source_id"]).flatMap { PagerDuty.ID($0) } ?? present?.source.id
        let kind = text(given["source_type"]).flatMap(Connection.Source.Kind.init) ?? present?.source.kind
        let channel = text(given["channel_id"]) ?? present?.channel.id
        if source == nil { errors.append("Source can't be blank") }
        if kind == nil { errors.append("Source type is not included in the list") }
        if channel == nil { errors.append("Channel can't be blank") }
        let audience = audience(given["notification_type"], present?.audience, &errors)
        let filter = filter(given["config"], present?.filter, &errors)
        guard let source, let kind, let channel, let audience, let filter, errors.isEmpty else {
            return .failure(Refused(answer: .invalid(errors)))
        }
        return .success(
            ConnectionDraft(kind: kind, source: source, channel: channel, audience: audience, filter: filter))
    }

    private static func text(_ value: JSONValue) -> String? { value.string.flatMap { $0.isEmpty ? nil : $0 } }

    private static func audience(
        _ value: JSONValue, _ present: IncidentRecord.Audience?, _ errors: inout [String]
    ) -> IncidentRecord.Audience? {
        switch value.string {
        case "responder": return .responders
        case "stakeholder": return .stakeholders
        default:
            if value.isNull { return present ?? .responders }
            errors.append("Notification type is not included in the list")
            return nil
        }
    }

    private static func filter(
        _ value: JSONValue, _ present: ConnectionFilter?, _ errors: inout [String]
    ) -> ConnectionFilter? {
        guard let config = value.object else {
            if value.isNull, let present { return present }
            errors.append("Config can't be blank")
            return nil
        }
        let events = (config["events"]?.array ?? []).compactMap(\.string).map(PagerDuty.IncidentEvent.Kind.init)
        if events.isEmpty { errors.append("Events can't be blank") }
        if !events.allSatisfy(PagerDuty.IncidentEvent.Kind.all.contains) {
            errors.append("Events are not included in the list")
        }
        let urgency = config["urgency"] ?? .null
        let known = urgency.string.flatMap(PagerDuty.Urgency.init)
        if !urgency.isNull, known == nil { errors.append("Urgency is not included in the list") }
        guard let priorities = priorities(config["priorities"] ?? .null) else {
            errors.append("Priorities are invalid")
            return nil
        }
        return ConnectionFilter(events: events, urgency: known, priorities: priorities)
    }

    /// `null` is any, `[]` none; `["*"]` is how Terraform says any.
    private static func priorities(_ value: JSONValue) -> ConnectionFilter.Priorities? {
        if value.isNull { return .any }
        guard let given = value.array, given.count <= 100 else { return nil }
        let names = given.compactMap(\.string)
        if names == ["*"] { return .any }
        let ids = names.filter { $0 != ConnectForm.noPriority }.compactMap { PagerDuty.ID($0) }
        let saysNone = names.contains(ConnectForm.noPriority)
        guard names.count == given.count, ids.count + (saysNone ? 1 : 0) == names.count else { return nil }
        return .some(ids, orNone: saysNone || names.isEmpty)
    }
}

extension Connection {
    /// The connection in the Integration API's words.
    var json: JSONValue {
        [
            "id": .string(id.value), "source_id": .string(source.id.value), "source_name": .string(source.name),
            "source_type": .string(source.kind.rawValue), "channel_id": .string(channel.id),
            "channel_name": .string(channel.name),
            "notification_type": .string(audience == .responders ? "responder" : "stakeholder"),
            "config": [
                "events": .array(filter.events.map { .string($0.rawValue) }),
                "urgency": filter.urgency.map { .string($0.rawValue) } ?? .null, "priorities": filter.priorities.json,
            ],
        ]
    }
}

extension ConnectionFilter.Priorities {
    fileprivate var json: JSONValue {
        switch self {
        case .any: .null
        case .some(let ids, let orNone):
            // Nothing but incidents without a priority is the empty list.
            .array(
                ids.map { .string($0.value) } + (orNone && !ids.isEmpty ? [.string(ConnectForm.noPriority)] : []))
        }
    }
}
