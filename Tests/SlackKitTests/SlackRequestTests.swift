import PluginAPI
import SlackKit
import Testing

/// What each kind of request says, once it is decoded.
@Suite struct `A request of Slack's` {
    @Test func `slash command`() throws {
        guard case .slashCommand(let command) = try ExampleRequest.slashCommand.decoded() else {
            throw Unexpected()
        }
        #expect(command.command == "/pd")
        #expect(command.text == "trigger checkout \"Database is down\" + 50% <@U0BOB|bob>")
        #expect(command.origin.teamID == "T0ACME")
        #expect(command.origin.enterpriseID == "E0ORG")
        #expect(command.origin.userID == "U0ANN")
        #expect(command.origin.channelID == "C0INC")
        #expect(command.channelName == "incidents")
        #expect(command.userName == "ann")
        #expect(command.appID == "A0APP")
        #expect(command.responseURL == "https://hooks.slack.com/commands/T0ACME/1/abc")
        #expect(command.triggerID == "1.2.abc")
    }

    @Test func `slash command without text, organization and addresses`() throws {
        let body = ExampleRequest.form([
            ("command", "/pd"), ("user_id", "U1"), ("channel_id", "D1"), ("team_id", "T1"), ("enterprise_id", ""),
        ])
        guard case .slashCommand(let command) = try SlackRequest.decode(.form, body: body) else { throw Unexpected() }
        #expect(command.text == "")
        #expect(command.origin.enterpriseID == nil)
        #expect(command.responseURL == nil)
    }

    @Test func `a button in a message`() throws {
        guard case .blockActions(let press) = try ExampleRequest.buttonInMessage.decoded() else { throw Unexpected() }
        let action = try #require(press.actions.first)
        #expect(action.actionID == "incident:acknowledge")
        #expect(action.blockID == "incident:buttons")
        #expect(action.type == "button")
        #expect(action.value == .text("Q1"))
        #expect(action.actionTS == "1704067200.000100")
        #expect(
            press.message == MessageRef(channel: "C0INC", ts: "1704067100.000200", threadID: "1704067000.000100"))
        #expect(press.messageContent["text"].string == "Incident 7")
        #expect(press.view == nil)
        #expect(press.origin.channelID == "C0INC")
        #expect(press.channelName == "incidents")
        #expect(press.triggerID == "1.2.abc")
        #expect(press.responseURL == "https://hooks.slack.com/actions/T0ACME/1/abc")
    }

    @Test func `a menu in a modal, with what stands in the other inputs`() throws {
        guard case .blockActions(let choice) = try ExampleRequest.menuInModal.decoded() else { throw Unexpected() }
        #expect(choice.actions.first?.value == .option(ChosenOption(value: "high", text: "High")))
        #expect(choice.view?.id == "V0FORM")
        #expect(choice.state.valuesByAction()["trigger:title"] == .text("Database is down"))
        #expect(choice.message == nil)
        #expect(choice.origin.channelID == nil)
    }

    @Test func `a submitted form`() throws {
        guard case .viewSubmission(let form) = try ExampleRequest.submission.decoded() else { throw Unexpected() }
        #expect(form.view.id == "V0FORM")
        #expect(form.view.callbackID == "trigger:form")
        #expect(form.view.privateMetadata == "kept")
        #expect(form.view.hash == "156.abc")
        #expect(form.view.externalID == nil)
        #expect(form.view.previousViewID == nil)
        let values = form.view.state.valuesByAction()
        #expect(values["trigger:title"] == .text("Database is down"))
        #expect(values["trigger:service"] == .option(ChosenOption(value: "PSVC1", text: "Checkout")))
        #expect(values["trigger:who"] == .users(["U0ANN", "U0BOB"]))
        #expect(values["trigger:day"] == FieldValue.none)
        #expect(form.responseAddresses.map(\.channelID) == ["C0INC"])
    }

    @Test func `an error is put at the block of the input, also of one that was left empty`() throws {
        guard case .viewSubmission(let form) = try ExampleRequest.submission.decoded() else { throw Unexpected() }
        #expect(form.view.blockID(ofAction: "trigger:who") == "trigger:who")
        #expect(form.view.blockID(ofAction: "trigger:late") == "trigger:late")
        #expect(form.view.blockID(ofAction: "trigger:nowhere") == nil)
    }

    @Test func `a closed form`() throws {
        guard case .viewClosed(let closed) = try ExampleRequest.closed.decoded() else { throw Unexpected() }
        #expect(closed.isCleared)
        #expect(closed.view.callbackID == "trigger:form")
    }

    @Test func `shortcuts, from the composer and on a message`() throws {
        guard case .shortcut(let global) = try ExampleRequest.shortcut.decoded() else { throw Unexpected() }
        #expect(global.callbackID == "trigger:new")
        #expect(global.origin.channelID == nil)
        guard case .messageShortcut(let onMessage) = try ExampleRequest.messageShortcut.decoded() else {
            throw Unexpected()
        }
        #expect(onMessage.callbackID == "trigger:from-message")
        #expect(onMessage.message.ts == "1704067100.000200")
        #expect(onMessage.messageContent["text"].string == "Incident 7")
    }

    @Test func `a question for options`() throws {
        guard case .blockSuggestion(let question) = try ExampleRequest.suggestion.decoded() else { throw Unexpected() }
        #expect(question.actionID == "trigger:service")
        #expect(question.typed == "che")
        #expect(question.view?.id == "V0FORM")
    }

    @Test func `an event`() throws {
        guard case .event(let event) = try ExampleRequest.event.decoded() else { throw Unexpected() }
        #expect(event.type == "member_joined_channel")
        #expect(event.subtype == nil)
        #expect(event.eventID == "Ev0ABC1")
        #expect(event.eventTime == 1_704_067_200)
        #expect(event.eventContext == "4-abc")
        #expect(event.origin.userID == "U0ANN")
        #expect(event.origin.channelID == "C0INC")
        #expect(event.event["team"].string == "T0ACME")
    }

    @Test func `an event that nobody has heard of is an event`() throws {
        let body = #"{"type":"event_callback","event_id":"Ev1","event":{"type":"moon_rose","user":7,"channel":[1]}}"#
        guard case .event(let event) = try SlackRequest.decode(.json, body: Array(body.utf8)) else {
            throw Unexpected()
        }
        #expect(event.type == "moon_rose")
        #expect(event.origin.userID == nil)
        #expect(event.origin.teamID == nil)
    }

    @Test func `too many events: there is no event inside`() throws {
        guard case .appRateLimited(let limit) = try ExampleRequest.rateLimited.decoded() else { throw Unexpected() }
        #expect(limit.teamID == "T0ACME")
        #expect(limit.minute == 1_704_067_200)
    }

    @Test func `the checks of an address and of a certificate`() throws {
        #expect(try ExampleRequest.urlVerification.decoded() == .urlVerification(challenge: "3eZbrw1aB"))
        #expect(try ExampleRequest.sslCheck.decoded() == .sslCheck)
    }

    @Test(arguments: ["0", "true", "", "01", "1 ", "2"])
    func `a check of a certificate is exactly 1`(value: String) throws {
        let body = ExampleRequest.form([("ssl_check", value)])
        #expect(body.withUnsafeBytes { SlackRequest.isSSLCheck(.form, body: $0) } == false)
        #expect(try SlackRequest.decode(.form, body: body).kind == "form")
    }

    @Test(arguments: ["payload", "command"])
    func `a body that asks for more is no check of a certificate`(field: String) {
        let body = ExampleRequest.form([("ssl_check", "1"), (field, "{}")])
        #expect(!body.withUnsafeBytes { SlackRequest.isSSLCheck(.form, body: $0) })
    }

    @Test func `a body that may come unsigned is decoded as nothing else than the check`() throws {
        let check = ExampleRequest.form([("ssl_check", "1")])
        let joint = [UInt8(ascii: "&")]
        var bodies: [[UInt8]] = [check]
        for example in ExampleRequest.allCases where example.body.kind == .form {
            let more: [UInt8] = example.body.bytes
            bodies += [more, more + joint + check, check + joint + more]
        }
        var checks = 0
        for body in bodies where body.withUnsafeBytes({ SlackRequest.isSSLCheck(.form, body: $0) }) {
            #expect(try SlackRequest.decode(.form, body: body) == .sslCheck)
            checks += 1
        }
        #expect(checks > 0)
    }

    @Test func `a check of a certificate is a form`() {
        let form = ExampleRequest.form([("ssl_check", "1")])
        #expect(form.withUnsafeBytes { SlackRequest.isSSLCheck(.form, body: $0) })
        #expect(form.withUnsafeBytes { SlackRequest.isSSLCheck(.json, body: $0) } == false)
        let json = Array(#"{"ssl_check":1}"#.utf8)
        #expect(json.withUnsafeBytes { SlackRequest.isSSLCheck(.form, body: $0) } == false)
    }

    @Test func `what was made before Block Kit`() throws {
        guard case .legacy(let press) = try ExampleRequest.legacyMessage.decoded() else { throw Unexpected() }
        #expect(press.kind == .interactiveMessage)
        #expect(!press.wantsOptions)
        guard case .legacy(let dialog) = try ExampleRequest.dialog.decoded() else { throw Unexpected() }
        #expect(dialog.kind == .dialogSubmission)
        var menu = try ExampleRequest.legacyMessage.payload()
        menu.set(["actions"], to: nil)
        menu.set(["name"], to: "customers")
        guard case .legacy(let question) = try ExampleRequest.legacyMessage.decoded(menu) else { throw Unexpected() }
        #expect(question.wantsOptions)
    }

    @Test func `every kind has a name that is known`() throws {
        for example in ExampleRequest.allCases {
            #expect(SlackRequest.knownKinds.contains(try example.decoded().kind))
        }
        #expect(Set(SlackRequest.knownKinds).count == SlackRequest.knownKinds.count)
    }

    @Test func `an unknown kind is a value, with what can be made out of it`() throws {
        var payload = try ExampleRequest.shortcut.payload()
        payload.set(["type"], to: "workflow_step_edit")
        guard case .unknown(let kind, let origin, let content) = try ExampleRequest.shortcut.decoded(payload) else {
            throw Unexpected()
        }
        #expect(kind == "workflow_step_edit")
        #expect(origin.teamID == "T0ACME")
        #expect(origin.userID == "U0ANN")
        #expect(content["callback_id"].string == "trigger:new")
    }

    @Test(arguments: ["Ünknown", "a b", "x\u{0}", String(repeating: "x", count: 65), "BLOCK_ACTIONS"])
    func `a kind that cannot be a name is other`(type: String) throws {
        let body = JSONValue.object(["type": .string(type), "user": 7]).encoded
        #expect(try SlackRequest.decode(.json, body: body).kind == "other")
    }

    @Test func `over Socket Mode the same payloads come as JSON, slash commands too`() throws {
        let fields = ExampleRequest.slashFields.map { ($0, JSONValue.string($1)) }
        let payload = JSONValue.object(Dictionary(fields) { first, _ in first })
        let command = try SlackRequest.decode(envelopeType: "slash_commands", payload: payload)
        #expect(command == (try ExampleRequest.slashCommand.decoded()))

        let event = try SlackRequest.decode(envelopeType: "events_api", payload: ExampleRequest.event.payload())
        #expect(event == (try ExampleRequest.event.decoded()))

        let form = try SlackRequest.decode(envelopeType: "interactive", payload: ExampleRequest.submission.payload())
        #expect(form == (try ExampleRequest.submission.decoded()))

        #expect(try SlackRequest.decode(envelopeType: "hello", payload: nil).kind == "hello")
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", BodyKind.form), ("application/json", .json),
        ("Application/JSON; charset=utf-8", .json), ("application/x-www-form-urlencoded ; charset=UTF-8", .form),
    ])
    func `the content type decides how the body is read`(header: String, kind: BodyKind) {
        #expect(BodyKind(contentType: header) == kind)
    }

    @Test(arguments: [
        nil, "", "text/plain", "application/jsonp", "multipart/form-data; boundary=x", "application/json/x",
        "application\u{2044}json", ";application/json", String(repeating: "a", count: 300),
    ])
    func `a content type that Slack does not send is none`(header: String?) {
        #expect(BodyKind(contentType: header) == nil)
    }
}

/// A request that turned out to be of another kind.
struct Unexpected: Error {}

extension JSONValue {
    /// Replaces, adds or removes the member at the end of a path of names.
    mutating func set(_ path: [String], to value: JSONValue?) {
        guard let first = path.first, case .object(var members) = self else { return }
        if path.count == 1 {
            members[first] = value
        } else {
            var inner = members[first] ?? .null
            inner.set(Array(path.dropFirst()), to: value)
            members[first] = inner
        }
        self = .object(members)
    }
}
