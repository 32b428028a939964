import PluginAPI
import SlackKit
import Testing

/// What a plugin is given of a request: the ids that it gave, without the host's prefix.
@Suite struct `A plugin` {
    private let ann = Person(id: "U0ANN", teamID: "T0ACME", organizationID: "E0ORG")

    @Test func `is given a press`() throws {
        guard case .blockActions(let press) = try ExampleRequest.buttonInMessage.decoded(),
            let action = press.actions.first, let request = press.request(action, removing: "incident:")
        else { throw Unexpected() }
        #expect(request.id == "acknowledge")
        #expect(request.blockID == "buttons")
        #expect(request.value == .text("Q1"))
        #expect(request.person == ann)
        #expect(request.message?.ts == "1704067100.000200")
        #expect(request.view == nil)
    }

    @Test func `is given a choice in a form with its other fields`() throws {
        guard case .blockActions(let choice) = try ExampleRequest.menuInModal.decoded(),
            let action = choice.actions.first, let request = choice.request(action, removing: "trigger:")
        else { throw Unexpected() }
        #expect(request.id == "urgency")
        #expect(
            request.view
                == ViewRef(id: "V0FORM", callbackID: "form", hash: "156.abc", privateMetadata: "kept"))
        #expect(request.fields.string("title") == "Database is down")
        #expect(request.fields["service"].string == "PSVC1")
    }

    @Test func `is given a submitted and a closed form`() throws {
        guard case .viewSubmission(let submitted) = try ExampleRequest.submission.decoded(),
            let submission = submitted.request(removing: "trigger:"),
            case .viewClosed(let closed) = try ExampleRequest.closed.decoded(),
            let farewell = closed.request(removing: "trigger:")
        else { throw Unexpected() }
        #expect(submission.person == ann)
        #expect(submission.view.callbackID == "form")
        #expect(submission.fields["who"].strings == ["U0ANN", "U0BOB"])
        #expect(farewell.isCleared)
    }

    @Test func `is given a question, shortcuts and an event`() throws {
        guard case .blockSuggestion(let suggestion) = try ExampleRequest.suggestion.decoded(),
            let question = suggestion.request(removing: "trigger:"),
            case .shortcut(let global) = try ExampleRequest.shortcut.decoded(),
            case .messageShortcut(let onMessage) = try ExampleRequest.messageShortcut.decoded(),
            case .event(let event) = try ExampleRequest.event.decoded()
        else { throw Unexpected() }
        #expect(question.id == "service")
        #expect(question.typed == "che")
        #expect(global.request(removing: "trigger:")?.id == "new")
        #expect(global.request(removing: "trigger:")?.message == nil)
        #expect(onMessage.request(removing: "trigger:")?.id == "from-message")
        #expect(onMessage.request(removing: "trigger:")?.messageContent["text"].string == "Incident 7")
        #expect(event.request.id == "Ev0ABC1")
        #expect(event.request.payload["user"].string == "U0ANN")
    }

    @Test func `is given an id of somebody else's as it is`() throws {
        guard case .shortcut(let shortcut) = try ExampleRequest.shortcut.decoded() else { throw Unexpected() }
        #expect(shortcut.request(removing: "oncall:")?.id == "trigger:new")
        #expect(shortcut.request(removing: "")?.id == "trigger:new")
        #expect(shortcut.request(removing: "trigger:new:")?.id == "trigger:new")
    }

    @Test func `is given nobody where there is nobody`() {
        #expect(Origin().person == nil)
        var origin = Origin()
        origin.userID = "U1"
        #expect(origin.person == nil)
        origin.teamID = "T1"
        #expect(origin.person == Person(id: "U1", teamID: "T1"))
        origin.userTeamID = "T2"
        #expect(origin.person == Person(id: "U1", teamID: "T2"))
    }
}
