import Testing

@testable import Sandbox

/// A person in front of Slack: types, presses, fills in forms, and reads what comes back.
struct Persona: Sendable {
    let stage: Stage
    let team: String
    let id: String
    let firstName: String
    /// The direct message with the app.
    let direct: Place

    private func asked(_ more: [String: JSON?]) -> JSON {
        JSON.object(["team": .string(team), "user": .string(id)]).with(more)
    }

    // MARK: doing

    /// Types a slash command.
    @discardableResult func types(
        _ text: String, in channel: Place = .general, at place: SourceLocation = #_sourceLocation
    ) async throws -> Deed {
        Deed(
            try await stage.access.control(
                "slack/command", asked(["text": .string(text), "channel": .string(channel.id)]), at: place))
    }

    /// Says something that is no slash command.
    /// - Parameter thread: The message in whose thread it is said.
    @discardableResult func says(
        _ text: String, in channel: Place, thread: String? = nil, at place: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let answer = try await stage.access.control(
            "slack/message",
            asked([
                "text": .string(text), "channel": .string(channel.id), "thread_ts": thread.map { .string($0) },
            ]), at: place)
        return answer["ts"]?.string ?? ""
    }

    /// Presses a button, or chooses in a menu, by what stands on it or by its action id.
    /// - Parameter channel: Where the message is; in the form that lies open where it is not said.
    @discardableResult func presses(
        _ label: String, in channel: Place? = nil, choosing value: JSON? = nil, on message: String? = nil,
        at place: SourceLocation = #_sourceLocation
    ) async throws -> Deed {
        Deed(
            try await stage.access.control(
                "slack/action",
                asked([
                    "action": .string(label), "channel": channel.map { .string($0.id) }, "value": value,
                    "message_ts": message.map { .string($0) },
                ]), at: place))
    }

    /// Fills in the form that lies open and submits it.
    @discardableResult func fills(
        _ values: [String: JSON] = [:], view: String? = nil, at place: SourceLocation = #_sourceLocation
    ) async throws -> Deed {
        let form = try await form()
        let answer = try await stage.access.control(
            "slack/submit", asked(["values": .object(values), "view_id": view.map { .string($0) }]), at: place)
        return Deed(answer, on: form)
    }

    /// What a menu offers while somebody types into it.
    func isOffered(
        _ field: String, typing text: String, in channel: Place? = nil, at place: SourceLocation = #_sourceLocation
    ) async throws -> [String] {
        let view = channel == nil ? try await form(at: place) : nil
        var message: Shown?
        if let channel { message = try await last(in: channel, at: place) }
        let blocks = view?.blocks ?? message?.json["blocks"]?.array ?? []
        let element = try #require(
            BlockKitForm.elements(in: blocks).first {
                ScreenText.plain($0.block["label"]) == field || ScreenText.plain($0.element["placeholder"]) == field
            }, sourceLocation: place)
        let answer = try await stage.access.control(
            "slack/options",
            asked([
                "view_id": view.map { .string($0.id) }, "channel": channel.map { .string($0.id) },
                "message_ts": message.map { .string($0.ts) }, "block_id": .string(element.blockID),
                "action_id": .string(element.actionID), "value": .string(text),
            ]), at: place)
        return ElementValue.options(of: answer).compactMap { ScreenText.plain($0["text"]) }
    }

    /// Closes the form on top, or all of them.
    func closes(all: Bool = false, at place: SourceLocation = #_sourceLocation) async throws {
        let form = try await form(at: place)
        _ = try await stage.access.control(
            "slack/close", asked(["view_id": .string(form.id), "all": .bool(all)]), at: place)
    }

    /// Chooses a shortcut.
    @discardableResult func takes(
        shortcut: String, in channel: Place? = nil, on message: String? = nil,
        at place: SourceLocation = #_sourceLocation
    ) async throws -> Deed {
        Deed(
            try await stage.access.control(
                "slack/shortcut",
                asked([
                    "callback_id": .string(shortcut), "channel": channel.map { .string($0.id) },
                    "message_ts": message.map { .string($0) },
                ]), at: place))
    }

    // MARK: seeing

    /// All messages of a conversation that this person sees, oldest first.
    func reads(_ channel: Place) async throws -> [Shown] {
        let answer = try await stage.access.get(
            "/control/slack/channels/\(channel.id)/messages?team=\(team)&user=\(id)")
        return (answer.json["messages"]?.array ?? []).map(Shown.init)
    }

    /// The newest message that holds a text, as soon as there is one.
    @discardableResult func sees(
        _ text: String, in channel: Place = .general, at place: SourceLocation = #_sourceLocation
    ) async throws -> Shown {
        try await sees("“\(text)”", in: channel, at: place) { $0.reads.contains(text) }
    }

    /// The newest message of which something is true, as soon as there is one.
    @discardableResult func sees(
        _ what: String, in channel: Place = .general, at place: SourceLocation = #_sourceLocation,
        where isMeant: (Shown) -> Bool
    ) async throws -> Shown {
        var messages: [Shown] = []
        return try await stage.eventually("\(firstName) does not see \(what) but \(messages)", at: place) {
            messages = try await reads(channel)
            return messages.last(where: isMeant)
        }
    }

    /// The newest message.
    func last(in channel: Place = .general, at place: SourceLocation = #_sourceLocation) async throws -> Shown {
        try #require(await reads(channel).last, "\(firstName) sees no message", sourceLocation: place)
    }

    /// The forms that lie open, the lowest first.
    func forms() async throws -> [Form] {
        let answer = try await stage.access.get("/control/slack/views?team=\(team)&user=\(id)")
        return (answer.json["views"]?.array ?? []).map(Form.init)
    }

    /// The form on top.
    func form(at place: SourceLocation = #_sourceLocation) async throws -> Form {
        try #require(await forms().last, "\(firstName) has no form open", sourceLocation: place)
    }

    /// The form on top, as soon as it has that title and is no longer loading.
    @discardableResult func seesForm(
        _ title: String, at place: SourceLocation = #_sourceLocation
    ) async throws -> Form {
        try await seesForm("“\(title)”", at: place) { $0.title == title && !$0.isLoading }
    }

    /// The form on top, as soon as something is true of it.
    @discardableResult func seesForm(
        _ what: String, at place: SourceLocation = #_sourceLocation, where isMeant: (Form) -> Bool
    ) async throws -> Form {
        var open: [Form] = []
        return try await stage.eventually("\(firstName) has no form \(what) before them but \(open)", at: place) {
            open = try await forms()
            return open.last.flatMap { isMeant($0) ? $0 : nil }
        }
    }
}

/// What Slack heard when a person did something.
struct Deed: Sendable {
    let json: JSON
    private let form: Form?

    init(_ json: JSON, on form: Form? = nil) {
        self.json = json
        self.form = form
    }

    /// `ok`, or Slack's word for what went wrong, such as `operation_timeout`.
    var outcome: String { json["outcome"]?.string ?? "" }
    var status: Int { json["status"]?.int ?? 0 }
    /// Sentences by the label of the field that they stand at.
    var errors: [String: String] {
        var errors: [String: String] = [:]
        for (block, sentence) in json["errors"]?.object ?? [:] {
            errors[form?.label(ofBlock: block) ?? block] = sentence.string
        }
        return errors
    }
    /// What the host answered in the body.
    var answer: JSON { json["response"] ?? .null }
}

extension Stage {
    var ada: Persona { persona("U0ADA0001", "Ada", "D0ADA0001") }
    var ben: Persona { persona("U0BEN0001", "Ben", "D0BEN0001") }
    var chloe: Persona { persona("U0CHLOE01", "Chloe", "D0CHLOE01") }
    var dan: Persona { persona("U0DAN0001", "Dan", "D0DAN0001") }
    var eve: Persona { persona("U0EVE0001", "Eve", "D0EVE0001") }
    var frank: Persona { persona("U0FRANK01", "Frank", "D0FRANK01") }
    var gina: Persona { persona("U0GINA001", "Gina", "D0GINA001", team: "T0GLOBEX1") }
    var hugo: Persona { persona("U0HUGO001", "Hugo", "D0HUGO001", team: "T0GLOBEX1") }

    /// Of an organization that does not have the app at first.
    var ivy: Persona { persona("U0IVY0001", "Ivy", "D0IVY0001", team: "T0INITECH") }
    var jon: Persona { persona("U0JON0001", "Jon", "D0JON0001", team: "T0INITECH") }

    private func persona(_ id: String, _ name: String, _ direct: String, team: String = "T0ACME001") -> Persona {
        Persona(stage: self, team: team, id: id, firstName: name, direct: Place(id: direct))
    }
}
