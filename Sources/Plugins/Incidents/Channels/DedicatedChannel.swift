import PagerDutyKit
import PluginAPI

/// Makes a channel for an incident, or takes one that is there: topic, bookmark, the people who are needed, and the
/// incident itself on top.
struct DedicatedChannel: Sendable {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// What somebody wants.
    struct Wish: Sendable {
        enum Kind: Sendable {
            /// - Parameter name: `nil` where any free one after the template will do.
            case new(name: String?, isPrivate: Bool)
            case existing(id: String)
        }
        var kind: Kind
        /// Whether it is archived after the incident is resolved.
        var isArchived = false
    }

    /// What became of it, and what did not work and stops nobody.
    struct Opened: Sendable {
        var place: Connection.Place
        var warnings: [String] = []
    }

    /// - Parameter person: Who wants it; `nil` for a program.
    /// - Throws: ``ChannelRefusal`` where Slack does not let it be.
    func open(_ wish: Wish, for incident: PagerDuty.Incident, by person: Person?) async throws -> Opened {
        var opened: Opened
        var isMade = false
        switch wish.kind {
        case .new(let name, let isPrivate):
            let made = try await create(name, isPrivate: isPrivate, for: incident)
            opened = Opened(place: made)
            isMade = true
            await attempt("set the topic", &opened) { try await setTopic(of: made, incident) }
        case .existing(let id):
            switch try await ChannelAccess(context).enter(id) {
            case .success(let place): opened = Opened(place: place)
            case .failure(let refusal): throw ChannelRefusal(refusal.sentence)
            }
        }
        let place = opened.place
        try await IncidentChannelBook(context).dedicate(
            IncidentChannels.Dedicated(place: place, isMade: isMade, isArchived: isMade && wish.isArchived),
            to: incident.id)
        try await context.audit("incident.channel_opened", "\(incident.id) \(place.id)")
        await attempt("invite the responders", &opened) {
            try await invite(incident.assignees.prefix(50).map(\.id), and: person, to: place)
        }
        await attempt("add the bookmark", &opened) { try await addBookmark(to: place, incident) }
        try await show(incident, in: [place.id])
        try await context.jobs.enqueue(PinIncident(incident: incident.id, channel: place.id))
        return opened
    }

    /// Shows the incident in channels, and keeps it in step there.
    func show(_ incident: PagerDuty.Incident, in channels: [String]) async throws {
        let desk = IncidentDesk(context)
        let dedicated = try await IncidentChannelBook(context).channels(of: incident.id).dedicated?.place.id
        let record = try await desk.change(incident.id) { record in
            record.take(answer: incident, base: record.incident?.at)
            for channel in channels { record.channels[channel] = .responders }
            record.dedicated = dedicated
        }
        try await IncidentBoard(context).show(record, because: .look)
    }

    /// Does not keep a channel in step any more, unless it follows the incident anyway. What stands there stays.
    func hide(_ incident: PagerDuty.ID, in channels: Set<String>) async throws {
        guard let record = try await context.store.get(IncidentRecord.key(incident), as: IncidentRecord.self) else {
            return
        }
        let own = try await IncidentChannelBook(context).channels(of: incident)
        var going = channels.subtracting(own.ids)
        if let shown = record.shown {
            going.subtract(try await Connections(context).following(shown).map(\.channel.id))
        }
        let (gone, dedicated) = (going, own.dedicated?.place.id)
        let changed = try await IncidentDesk(context).change(incident) { record in
            for channel in gone { record.channels[channel] = nil }
            record.dedicated = dedicated
        }
        try await IncidentBoard(context).show(changed, because: .look)
    }

    // MARK: the steps

    private func create(
        _ name: String?, isPrivate: Bool, for incident: PagerDuty.Incident
    ) async throws -> Connection.Place {
        let suggested = ChannelName(context.settings.channelName, for: incident)
        let wanted = name.map { ChannelName($0) } ?? suggested
        // A name that somebody chose is theirs to change.
        let candidates = wanted == suggested ? wanted.candidates : [wanted.text]
        for candidate in candidates {
            do {
                let answer = try await context.slack.call(
                    "conversations.create", ["name": .string(candidate), "is_private": .bool(isPrivate)])
                guard let id = answer["channel"]["id"].string else { throw SlackError(code: "invalid_answer") }
                return Connection.Place(id: id, name: answer["channel"]["name"].string ?? candidate)
            } catch let error as SlackError {
                guard error.code == "name_taken", candidate != candidates.last else {
                    throw ChannelRefusal(error, name: candidate)
                }
            }
        }
        throw ChannelRefusal(SlackError(code: "name_taken"), name: wanted.text)
    }

    private func setTopic(of place: Connection.Place, _ incident: PagerDuty.Incident) async throws {
        let service = incident.service.map { " · \($0.name.oneLine.clipped(to: 60))" } ?? ""
        let topic = "\(IncidentName(incident).short) \(incident.title.oneLine.clipped(to: 150))\(service)"
        _ = try await context.slack.call(
            "conversations.setTopic", ["channel": .string(place.id), "topic": .string(topic)])
    }

    /// Invites people of PagerDuty's, as far as they are known here; who is there already stays.
    func invite(_ helpers: [PagerDuty.ID], and person: Person? = nil, to place: Connection.Place) async throws {
        let known = try await context.account(PagerDuty.provider).people(helpers.map(\.value))
        var people = Set(known.values)
        if let person { people.insert(person.id) }
        people.remove(context.workspace.botUserID)
        guard !people.isEmpty else { return }
        do {
            _ = try await context.slack.call(
                "conversations.invite",
                [
                    "channel": .string(place.id), "users": .string(people.sorted().joined(separator: ",")),
                    "force": true,
                ])
        } catch let error as SlackError where error.code == "already_in_channel" {
            return
        }
    }

    private func addBookmark(to place: Connection.Place, _ incident: PagerDuty.Incident) async throws {
        guard let address = incident.link?.address else { return }
        _ = try await context.slack.call(
            "bookmarks.add",
            [
                "channel_id": .string(place.id), "title": .string("\(IncidentName(incident).short) in PagerDuty"),
                "type": "link", "link": .string(address), "emoji": ":rotating_light:",
            ])
    }

    /// What goes wrong beside the channel itself is said and stops nothing.
    private func attempt(_ what: String, _ opened: inout Opened, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            let sentence = (error as? any PersonReadableError)?.sentence ?? "Please do it by hand."
            opened.warnings.append("I could not \(what). \(sentence)")
            context.log.error("A dedicated channel is not complete: could not \(what)", ["channel": opened.place.id])
        }
    }
}
