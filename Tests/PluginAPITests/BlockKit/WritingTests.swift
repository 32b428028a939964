import FoundationEssentials
import PluginAPI
import Testing

@Suite struct WritingTests {
    static let options = [Option("One", value: "1"), Option("Two", value: "2", description: "the second")]
    static let one = #"{"text":{"type":"plain_text","text":"One","emoji":true},"value":"1"}"#
    static let two =
        #"{"text":{"type":"plain_text","text":"Two","emoji":true},"value":"2","#
        + #""description":{"type":"plain_text","text":"the second","emoji":true}}"#

    @Test(
        arguments: [
            (.divider, #"{"type":"divider"}"#),
            (
                .header("Hi <b>", id: "h"),
                #"{"type":"header","block_id":"h","text":{"type":"plain_text","text":"Hi <b>","emoji":true}}"#
            ),
            (.section("*a*", expand: true), #"{"type":"section","text":{"type":"mrkdwn","text":"*a*"},"expand":true}"#),
            (
                .section(fields: [.plain("a", emoji: false), .mrkdwn("b", verbatim: true)]),
                #"{"type":"section","fields":[{"type":"plain_text","text":"a","emoji":false},"#
                    + #"{"type":"mrkdwn","text":"b","verbatim":true}]}"#
            ),
            (
                .section("a", accessory: .image(url: "https://e.com/i.png", alt: "i")),
                #"{"type":"section","text":{"type":"mrkdwn","text":"a"},"accessory":"#
                    + #"{"type":"image","image_url":"https://e.com/i.png","alt_text":"i"}}"#
            ),
            (
                .context("a", .image(url: "https://e.com/i.png", alt: "i"), .text(.plain("b"))),
                #"{"type":"context","elements":[{"type":"mrkdwn","text":"a"},"#
                    + #"{"type":"image","image_url":"https://e.com/i.png","alt_text":"i"},"#
                    + #"{"type":"plain_text","text":"b","emoji":true}]}"#
            ),
            (
                .image(url: "https://e.com/i.png", alt: "i", title: "t"),
                #"{"type":"image","image_url":"https://e.com/i.png","alt_text":"i","#
                    + #""title":{"type":"plain_text","text":"t","emoji":true}}"#
            ),
            (.markdown("# a"), ##"{"type":"markdown","text":"# a"}"##),
            (
                .input("Mail", .emailInput(action: "mail"), hint: "yours", optional: true, dispatchesAction: true),
                #"{"type":"input","block_id":"mail","label":{"type":"plain_text","text":"Mail","emoji":true},"#
                    + #""element":{"type":"email_text_input","action_id":"mail"},"#
                    + #""hint":{"type":"plain_text","text":"yours","emoji":true},"optional":true,"dispatch_action":true}"#
            ),
        ] as [(Block, String)])
    func `a block is written as Slack wants it`(block: Block, json: String) {
        #expect(written(block) == json)
    }

    @Test(
        arguments: [
            (
                .button(
                    "Go", action: "go", value: "7", style: .danger, url: "https://e.com",
                    confirm: Confirm("Sure?", "*All* of it", confirm: "Do it", deny: "No", isDangerous: true),
                    accessibilityLabel: "Go there"),
                #"{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go","emoji":true},"value":"7","#
                    + #""style":"danger","url":"https://e.com","confirm":{"#
                    + #""title":{"type":"plain_text","text":"Sure?","emoji":true},"text":{"type":"mrkdwn","text":"*All* of it"},"#
                    + #""confirm":{"type":"plain_text","text":"Do it","emoji":true},"#
                    + #""deny":{"type":"plain_text","text":"No","emoji":true},"style":"danger"},"#
                    + #""accessibility_label":"Go there"}"#
            ),
            (
                .button("A", action: "a"),
                #"{"type":"button","action_id":"a","text":{"type":"plain_text","text":"A","emoji":true}}"#
            ),
            (
                .overflow(action: "o", options: options),
                #"{"type":"overflow","action_id":"o","options":[\#(one),\#(two)]}"#
            ),
            (
                .select(.options(options), action: "s", placeholder: "Choose", initial: "2", focus: true),
                #"{"type":"static_select","action_id":"s","placeholder":{"type":"plain_text","text":"Choose","emoji":true},"#
                    + #""options":[\#(one),\#(two)],"initial_option":\#(two),"focus_on_load":true}"#
            ),
            (
                .multiSelect(.groups([OptionGroup("G", options)]), action: "s", max: 2, initial: ["2", "1"]),
                #"{"type":"multi_static_select","action_id":"s","option_groups":[{"#
                    + #""label":{"type":"plain_text","text":"G","emoji":true},"options":[\#(one),\#(two)]}],"#
                    + #""initial_options":[\#(one),\#(two)],"max_selected_items":2}"#
            ),
            (
                .select(.external(minQueryLength: 0, initial: [options[0]]), action: "s"),
                #"{"type":"external_select","action_id":"s","min_query_length":0,"initial_option":\#(one)}"#
            ),
            (
                .select(.users, action: "s", initial: "U1"),
                #"{"type":"users_select","action_id":"s","initial_user":"U1"}"#
            ),
            (
                .multiSelect(.users, action: "s", initial: ["U1", "U2"]),
                #"{"type":"multi_users_select","action_id":"s","initial_users":["U1","U2"]}"#
            ),
            (
                .select(.channels, action: "s", initial: "C1"),
                #"{"type":"channels_select","action_id":"s","initial_channel":"C1"}"#
            ),
            (
                .multiSelect(
                    .conversations(
                        ConversationFilter(
                            [.publicChannels, .directMessages], excludesShared: true, excludesBots: true),
                        defaultToCurrent: true), action: "s"),
                #"{"type":"multi_conversations_select","action_id":"s","default_to_current_conversation":true,"#
                    + #""filter":{"include":["public","im"],"exclude_external_shared_channels":true,"exclude_bot_users":true}}"#
            ),
            (.select(.conversations(), action: "s"), #"{"type":"conversations_select","action_id":"s"}"#),
            (
                .radioButtons(action: "r", options: options, initial: "1"),
                #"{"type":"radio_buttons","action_id":"r","options":[\#(one),\#(two)],"initial_option":\#(one)}"#
            ),
            (
                .checkboxes(action: "c", options: [Option(markup: "*B*", value: "b")], initial: ["b"]),
                #"{"type":"checkboxes","action_id":"c","options":[{"text":{"type":"mrkdwn","text":"*B*"},"value":"b"}],"#
                    + #""initial_options":[{"text":{"type":"mrkdwn","text":"*B*"},"value":"b"}]}"#
            ),
            (
                .datePicker(action: "d", initial: "2026-12-24", placeholder: "When"),
                #"{"type":"datepicker","action_id":"d","initial_date":"2026-12-24","#
                    + #""placeholder":{"type":"plain_text","text":"When","emoji":true}}"#
            ),
            (
                .timePicker(action: "t", initial: "18:30", timezone: "Europe/Berlin"),
                #"{"type":"timepicker","action_id":"t","initial_time":"18:30","timezone":"Europe/Berlin"}"#
            ),
            (
                .dateTimePicker(action: "m", initial: Date(timeIntervalSince1970: 1_700_000_000.7)),
                #"{"type":"datetimepicker","action_id":"m","initial_date_time":1700000000}"#
            ),
            (
                .textInput(
                    action: "t", multiline: true, min: 1, max: 9, initial: "a", placeholder: "p",
                    dispatch: [.onEnter, .onCharacter], focus: true),
                #"{"type":"plain_text_input","action_id":"t","multiline":true,"min_length":1,"max_length":9,"#
                    + #""initial_value":"a","placeholder":{"type":"plain_text","text":"p","emoji":true},"#
                    + #""dispatch_action_config":{"trigger_actions_on":["on_enter_pressed","on_character_entered"]},"#
                    + #""focus_on_load":true}"#
            ),
            (.textInput(action: "t", initial: ""), #"{"type":"plain_text_input","action_id":"t"}"#),
            (
                .urlInput(action: "u", initial: "https://e.com"),
                #"{"type":"url_text_input","action_id":"u","initial_value":"https://e.com"}"#
            ),
            (
                .numberInput(action: "n", decimals: true, min: -1, max: 2.5, initial: 1e3),
                #"{"type":"number_input","action_id":"n","is_decimal_allowed":true,"min_value":"-1","max_value":"2.5","#
                    + #""initial_value":"1000"}"#
            ),
        ] as [(Element, String)])
    func `an element is written as Slack wants it`(element: Element, json: String) {
        #expect(written(element) == json)
    }

    @Test func `a message is written with its fallback and without unfurling`() {
        let message = Message("*Hi*", threadID: "1.2") {
            Block.divider
            if false as Bool { Block.header("never") }
            for name in ["a", "b"] { Block.section("\(name)") }
        }
        #expect(
            message.arguments(channel: "C1", idPrefix: "").description
                == #"{"blocks":[{"type":"divider"},{"text":{"text":"a","type":"mrkdwn"},"type":"section"},"#
                + #"{"text":{"text":"b","type":"mrkdwn"},"type":"section"}],"channel":"C1","text":"*Hi*","thread_ts":"1.2","#
                + #""unfurl_links":false,"unfurl_media":false}"#)
        let plain = Message(
            "a", metadata: MessageMetadata(eventType: "made", payload: ["id": 1]), unfurlsLinks: true)
        var writer = JSONWriter()
        plain.write(to: &writer)
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == #"{"text":"a","metadata":{"event_type":"made","event_payload":{"id":1}},"unfurl_links":true,"unfurl_media":true}"#
        )
    }

    @Test func `a form and a Home tab are written as Slack wants them`() {
        let form = View.modal(
            "T", submit: "S", close: "C", id: "form", privateMetadata: "pm", notifyOnClose: true, clearOnClose: true,
            externalID: "x", blocks: [.divider])
        func plain(_ text: String) -> JSONValue { ["type": "plain_text", "text": .string(text), "emoji": true] }
        #expect(
            form.json(idPrefix: "") == [
                "type": "modal", "title": plain("T"), "submit": plain("S"), "close": plain("C"), "callback_id": "form",
                "private_metadata": "pm", "notify_on_close": true, "clear_on_close": true, "external_id": "x",
                "blocks": [["type": "divider"]],
            ])
        #expect(View.home { Block.divider }.json(idPrefix: "") == ["type": "home", "blocks": [["type": "divider"]]])
    }

    @Test func `the prefix goes before action, block and callback ids and before nothing else`() {
        let view = View.modal(
            "T", submit: "S", id: "form", privateMetadata: "pm", externalID: "x",
            blocks: [
                .actions([.button("go", action: "go", value: "v")], id: "row"),
                .section("s", accessory: .overflow(action: "o", options: Self.options)),
                .input("Name", .textInput(action: "name")),
            ])
        let json = view.json(idPrefix: "coffee:")
        #expect(json["callback_id"] == "coffee:form")
        #expect(json["private_metadata"] == "pm")
        #expect(json["external_id"] == "x")
        #expect(json["blocks"][0]["block_id"] == "coffee:row")
        #expect(json["blocks"][0]["elements"][0]["action_id"] == "coffee:go")
        #expect(json["blocks"][0]["elements"][0]["value"] == "v")
        #expect(json["blocks"][1]["block_id"].isNull)
        #expect(json["blocks"][1]["accessory"]["action_id"] == "coffee:o")
        #expect(json["blocks"][2]["block_id"] == "coffee:name")
        #expect(json["blocks"][2]["element"]["action_id"] == "coffee:name")
        #expect(json.description.utf8.count - view.json(idPrefix: "").description.utf8.count == 6 * "coffee:".count)
    }
}
