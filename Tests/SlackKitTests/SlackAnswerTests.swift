import PluginAPI
import SlackKit
import Testing

@Suite struct `An answer to Slack` {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private func json(_ answer: SlackAnswer, idPrefix: String = "") throws -> JSONValue {
        try JSONValue(decoding: answer.body(idPrefix: idPrefix))
    }

    @Test func `can be empty`() {
        #expect(SlackAnswer.empty.body().isEmpty)
        #expect(SlackAnswer.empty.contentType == nil)
        #expect(SlackAnswer.empty.payload() == nil)
    }

    @Test func `repeats the challenge as it came`() {
        let challenge = SlackAnswer.challenge("3eZ\"<b>&")
        #expect(text(challenge.body()) == "3eZ\"<b>&")
        #expect(challenge.contentType == "text/plain; charset=utf-8")
        #expect(challenge.payload().map(text) == #"{"challenge":"3eZ\"<b>&"}"#)
    }

    @Test func `is a message for one person or for everybody`() throws {
        let hidden = try json(.message("Done", inChannel: false))
        #expect(hidden["response_type"] == "ephemeral")
        #expect(hidden["text"] == "Done")
        #expect(try json(.message("Done", inChannel: true))["response_type"] == "in_channel")
        #expect(SlackAnswer.message("x", inChannel: true).contentType == "application/json; charset=utf-8")
        #expect(text(SlackAnswer.showCommand.body()) == #"{"response_type":"in_channel"}"#)
    }

    @Test func `is at most a hundred options`() throws {
        let options = (0..<150).map { Option("Option \($0)", value: "\($0)") }
        let flat = try json(.options(options))["options"]
        #expect(flat.array?.count == 100)
        #expect(flat[99]["value"] == "99")
        #expect(flat[0]["text"]["text"] == "Option 0")

        let groups = (0..<101).map { OptionGroup("Group \($0)", options) } + [OptionGroup("Empty", [])]
        let grouped = try json(.optionGroups([OptionGroup("Empty", [])] + groups))["option_groups"]
        #expect(grouped.array?.count == 100)
        #expect(grouped[0]["label"]["text"] == "Group 0")
        #expect(grouped[99]["options"].array?.count == 100)
        #expect(try json(.options([])) == ["options": []])
    }

    @Test func `closes, keeps, replaces or covers a form`() throws {
        #expect(text(SlackAnswer.clearViews.body()) == #"{"response_action":"clear"}"#)
        #expect(
            text(SlackAnswer.viewErrors(["b": "Too long", "a": ""]).body())
                == #"{"response_action":"errors","errors":{"a":"Please check this.","b":"Too long"}}"#)
        let view = View.modal("Title", id: "form", blocks: [.divider])
        let update = try json(.updateView(view), idPrefix: "trigger:")
        #expect(update["response_action"] == "update")
        #expect(update["view"]["callback_id"] == "trigger:form")
        #expect(update["view"]["title"]["text"] == "Title")
        #expect(try json(.pushView(view))["response_action"] == "push")
        #expect(SlackAnswer.pushView(view).payload() == SlackAnswer.pushView(view).body())
    }

    @Test func `to what was made before Block Kit is polite`() throws {
        guard case .legacy(let press) = try ExampleRequest.legacyMessage.decoded(),
            case .legacy(let dialog) = try ExampleRequest.dialog.decoded()
        else { throw Unexpected() }
        let answer = try json(press.answer)
        #expect(answer["replace_original"] == false)
        #expect(answer["response_type"] == "ephemeral")
        #expect(
            answer["text"].string == "This message was made by an older version of the app, and does nothing any more.")
        #expect(dialog.answer.body().isEmpty)
        var menu = try ExampleRequest.dialog.payload()
        menu.set(["type"], to: "dialog_suggestion")
        guard case .legacy(let question) = try ExampleRequest.dialog.decoded(menu) else { throw Unexpected() }
        #expect(text(question.answer.body()) == #"{"options":[]}"#)
    }

    @Test func `sent later says what becomes of the first message`() throws {
        func json(_ message: ResponseMessage) throws -> JSONValue { try JSONValue(decoding: message.body()) }
        #expect(try json(.ephemeral("x"))["response_type"] == "ephemeral")
        #expect(try json(.ephemeral("x"))["replace_original"] == false)
        #expect(try json(.inChannel("x"))["response_type"] == "in_channel")
        #expect(try json(.replaceOriginal("x"))["replace_original"] == true)
        #expect(try json(.replaceOriginal("x"))["text"] == "x")
        #expect(text(ResponseMessage.deleteOriginal.body()) == #"{"delete_original":true}"#)
    }
}
