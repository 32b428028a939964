import PagerDutyKit
import PluginAPI

/// An incident's channels, as PagerDuty's Slack Integration API has them.
///
/// - SeeAlso: <https://developer.pagerduty.com/docs/slack-integration-api>
struct IncidentChannelsAPI: Sendable {
    private let incident: PagerDuty.ID
    private let workspaces: Workspaces<IncidentsPlugin>

    /// - Returns: `nil` where the path names no incident.
    init?(_ request: WebRequest, _ workspaces: Workspaces<IncidentsPlugin>) {
        guard let incident = PagerDuty.ID(request["incident"]) else { return nil }
        self.incident = incident
        self.workspaces = workspaces
    }

    /// A channel in a workspace.
    private struct Found: Sendable {
        let context: Context<IncidentsPlugin>
        let place: Connection.Place

        var json: JSONValue {
            let (team, id) = (context.workspace.id, place.id)
            return [
                "id": .string(id), "name": .string(place.name), "slack_team_id": .string(team),
                "link": .string("https://slack.com/app_redirect?channel=\(id)&team=\(team)"),
                "deep_link": .string("slack://channel?team=\(team)&id=\(id)"),
            ]
        }
    }

    // MARK: the dedicated channel

    func dedicated() async throws -> WebResponse {
        guard let (context, channel) = try await dedicatedChannel() else { return .notFound }
        return .json(["channel": Found(context: context, place: channel.place).json])
    }

    func dedicate(_ body: [UInt8]) async throws -> WebResponse {
        guard let json = try? JSONValue(decoding: body, maximumBytes: 65_536) else { return .malformed }
        let wanted = json["channel"]
        guard let name = wanted["name"].string, !name.isEmpty,
            let privacy = wanted["privacy"].isNull ? "public" : wanted["privacy"].string,
            ["public", "private"].contains(privacy)
        else { return .invalid }
        guard let context = context(named: wanted["slack_team_id"]) else { return .otherWorkspace }
        guard let incident = try await read(context) else { return .notFound }
        guard try await dedicatedChannel() == nil else {
            return .error(422, "The incident has a dedicated channel already.")
        }
        do {
            let opened = try await DedicatedChannel(context).open(
                DedicatedChannel.Wish(kind: .new(name: name, isPrivate: privacy == "private")), for: incident, by: nil)
            var answer: [String: JSONValue] = ["channel": Found(context: context, place: opened.place).json]
            var warnings = opened.warnings
            if opened.place.name != name { warnings.insert("The channel is called \(opened.place.name).", at: 0) }
            answer["warnings"] = .array(warnings.map(JSONValue.string))
            return .json(.object(answer), status: 201)
        } catch let refusal as ChannelRefusal {
            return .error(422, refusal.sentence)
        }
    }

    func release() async throws -> WebResponse {
        guard let (context, channel) = try await dedicatedChannel() else { return .notFound }
        try await IncidentChannelBook(context).release(channel, from: incident)
        try await DedicatedChannel(context).hide(incident, in: [channel.place.id])
        return .noContent
    }

    private func dedicatedChannel() async throws -> (Context<IncidentsPlugin>, IncidentChannels.Dedicated)? {
        for context in workspaces.all {
            if let dedicated = try await IncidentChannelBook(context).channels(of: incident).dedicated {
                return (context, dedicated)
            }
        }
        return nil
    }

    // MARK: notification channels

    func notified() async throws -> WebResponse {
        .json(["channels": .array(try await notifiedChannels().map(\.json))])
    }

    func notify(_ body: [UInt8]) async throws -> WebResponse {
        guard let json = try? JSONValue(decoding: body, maximumBytes: 65_536) else { return .malformed }
        guard let id = json["channel"]["id"].string, !id.isEmpty else { return .invalid }
        guard let context = context(named: json["channel"]["slack_team_id"]) else { return .otherWorkspace }
        guard let known = try await read(context) else { return .notFound }
        let present = try await notifiedChannels()
        guard present.count < IncidentChannels.mostNotified else {
            return .error(422, "An incident has at most \(IncidentChannels.mostNotified) notification channels.")
        }
        let (places, problems) = try await NotifiedChannels(context).enter([id])
        guard let place = places.first else { return .error(422, problems.first ?? "UnprocessableEntity") }
        let here = present.filter { $0.context.workspace.id == context.workspace.id }.map(\.place)
        if !here.contains(place) { _ = try await NotifiedChannels(context).set(here + [place], for: known) }
        return .json(["channel": Found(context: context, place: place).json], status: 201)
    }

    /// Puts a list in the place of what is there; what cannot be reached is left out and said.
    func replaceNotified(_ body: [UInt8]) async throws -> WebResponse {
        guard let json = try? JSONValue(decoding: body, maximumBytes: 65_536) else { return .malformed }
        guard let wanted = json["channels"].array, wanted.allSatisfy({ $0["id"].string?.isEmpty == false }) else {
            return .invalid
        }
        guard wanted.count <= IncidentChannels.mostNotified else {
            return .error(422, "An incident has at most \(IncidentChannels.mostNotified) notification channels.")
        }
        guard wanted.allSatisfy({ context(named: $0["slack_team_id"]) != nil }) else { return .otherWorkspace }
        var warnings: [String] = []
        for context in workspaces.all {
            let here = wanted.filter { self.context(named: $0["slack_team_id"])?.workspace.id == context.workspace.id }
            let before = try await IncidentChannelBook(context).channels(of: incident).notified
            if here.isEmpty, before.isEmpty { continue }
            guard let known = try await read(context) else { return .notFound }
            let (places, problems) = try await NotifiedChannels(context).enter(here.compactMap { $0["id"].string })
            warnings += problems
            _ = try await NotifiedChannels(context).set(places, for: known)
        }
        var answer: [String: JSONValue] = ["channels": .array(try await notifiedChannels().map(\.json))]
        if !warnings.isEmpty { answer["warnings"] = .array(warnings.map(JSONValue.string)) }
        return .json(.object(answer))
    }

    func removeNotified(_ channel: String) async throws -> WebResponse {
        guard let found = try await notifiedChannels().first(where: { $0.place.id == channel }) else {
            return .notFound
        }
        let book = IncidentChannelBook(found.context)
        try await book.notify(
            try await book.channels(of: incident).notified.filter { $0.id != channel }, of: incident)
        try await DedicatedChannel(found.context).hide(incident, in: [channel])
        return .noContent
    }

    private func notifiedChannels() async throws -> [Found] {
        var found: [Found] = []
        for context in workspaces.all {
            found += try await IncidentChannelBook(context).channels(of: incident).notified.map {
                Found(context: context, place: $0)
            }
        }
        return found
    }

    // MARK: what is asked for

    /// The workspace of the request; where there is only one, it need not be said.
    private func context(named team: JSONValue) -> Context<IncidentsPlugin>? {
        guard let id = team.string else { return workspaces.all.count == 1 ? workspaces.all.first : nil }
        return workspaces[id]
    }

    /// - Returns: `nil` where PagerDuty has no such incident.
    private func read(_ context: Context<IncidentsPlugin>) async throws -> PagerDuty.Incident? {
        do {
            return try await context.pagerDuty.read(.incident(incident))
        } catch let error as PagerDutyError where error.reason == .notFound {
            return nil
        }
    }
}
