import PluginAPI
import SlackKit

/// One valid request of each kind, with the fields that Slack's pages list. Written for these tests.
enum ExampleRequest: String, CaseIterable, Sendable {
    case slashCommand, buttonInMessage, menuInModal, submission, closed, shortcut, messageShortcut, suggestion
    case event, rateLimited, urlVerification, sslCheck, legacyMessage, dialog

    /// The body as Slack would send it, and how it is written.
    var body: (kind: BodyKind, bytes: [UInt8]) {
        switch self {
        case .slashCommand: (.form, Self.form(Self.slashFields))
        case .sslCheck: (.form, Self.form([("ssl_check", "1"), ("token", "legacy")]))
        case .event, .rateLimited, .urlVerification: (.json, Array(json.utf8))
        default: (.form, Self.form([("payload", json)]))
        }
    }

    func decoded() throws -> SlackRequest {
        try SlackRequest.decode(body.kind, body: body.bytes)
    }

    /// The JSON of the request, as a value to change and decode again.
    func payload() throws -> JSONValue {
        try JSONValue(decoding: Array(json.utf8))
    }

    /// Decodes a changed payload, written as this kind of request is written.
    func decoded(_ payload: JSONValue) throws -> SlackRequest {
        switch body.kind {
        case .json: try SlackRequest.decode(.json, body: payload.encoded)
        case .form: try SlackRequest.decode(.form, body: Self.form([("payload", payload.description)]))
        }
    }

    static let slashFields = [
        ("token", "legacy"), ("team_id", "T0ACME"), ("team_domain", "acme"), ("enterprise_id", "E0ORG"),
        ("enterprise_name", "Acme Holding"), ("channel_id", "C0INC"), ("channel_name", "incidents"),
        ("user_id", "U0ANN"), ("user_name", "ann"), ("command", "/pd"),
        ("text", "trigger checkout \"Database is down\" + 50% <@U0BOB|bob>"), ("api_app_id", "A0APP"),
        ("is_enterprise_install", "false"),
        ("response_url", "https://hooks.slack.com/commands/T0ACME/1/abc"), ("trigger_id", "1.2.abc"),
    ]

    static func form(_ fields: [(String, String)]) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in fields {
            if !body.isEmpty { body.append(UInt8(ascii: "&")) }
            body += Array(name.utf8) + [UInt8(ascii: "=")]
            for byte in value.utf8 {
                let isPlain =
                    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                if isPlain {
                    body.append(byte)
                } else if byte == UInt8(ascii: " ") {
                    body.append(UInt8(ascii: "+"))
                } else {
                    let digits = String(byte, radix: 16, uppercase: true)
                    body += Array("%\(byte < 16 ? "0" : "")\(digits)".utf8)
                }
            }
        }
        return body
    }

    private static let who = """
        "team": {"id": "T0ACME", "domain": "acme"}, "user": {"id": "U0ANN", "username": "ann", "team_id": "T0ACME"},
        "enterprise": {"id": "E0ORG", "name": "Acme Holding"}, "is_enterprise_install": false,
        "api_app_id": "A0APP", "token": "legacy"
        """

    private static let view = """
        "view": {"id": "V0FORM", "team_id": "T0ACME", "type": "modal", "callback_id": "trigger:form",
          "private_metadata": "kept", "hash": "156.abc", "external_id": "", "root_view_id": "V0FORM",
          "previous_view_id": null, "app_installed_team_id": "T0ACME",
          "blocks": [{"type": "input", "block_id": "trigger:title", "element": {"action_id": "trigger:title"}},
            {"type": "input", "block_id": "trigger:late", "element": {"action_id": "trigger:late"}}],
          "state": {"values": {
            "trigger:title": {"trigger:title": {"type": "plain_text_input", "value": "Database is down"}},
            "trigger:service": {"trigger:service": {"type": "external_select",
              "selected_option": {"text": {"type": "plain_text", "text": "Checkout"}, "value": "PSVC1"}}},
            "trigger:who": {"trigger:who": {"type": "multi_users_select", "selected_users": ["U0ANN", "U0BOB"]}},
            "trigger:day": {"trigger:day": {"type": "datepicker", "selected_date": null}}}}}
        """

    private static let message = """
        "channel": {"id": "C0INC", "name": "incidents"},
        "container": {"type": "message", "message_ts": "1704067100.000200", "channel_id": "C0INC", "is_ephemeral": false},
        "message": {"type": "message", "bot_id": "B0APP", "text": "Incident 7", "ts": "1704067100.000200",
          "thread_ts": "1704067000.000100"},
        "response_url": "https://hooks.slack.com/actions/T0ACME/1/abc", "trigger_id": "1.2.abc"
        """

    /// The JSON of the kinds that have one.
    var json: String {
        switch self {
        case .slashCommand, .sslCheck: "{}"
        case .buttonInMessage:
            """
            {"type": "block_actions", \(Self.who), \(Self.message), "state": {"values": {}},
             "actions": [{"type": "button", "action_id": "incident:acknowledge", "block_id": "incident:buttons",
               "text": {"type": "plain_text", "text": "Acknowledge"}, "value": "Q1", "action_ts": "1704067200.000100"}]}
            """
        case .menuInModal:
            """
            {"type": "block_actions", \(Self.who), \(Self.view), "trigger_id": "1.2.abc",
             "container": {"type": "view", "view_id": "V0FORM"},
             "actions": [{"type": "static_select", "action_id": "trigger:urgency", "block_id": "trigger:urgency",
               "selected_option": {"text": {"type": "plain_text", "text": "High"}, "value": "high"}}]}
            """
        case .submission:
            """
            {"type": "view_submission", \(Self.who), \(Self.view), "trigger_id": "1.2.abc",
             "response_urls": [{"block_id": "b", "action_id": "a", "channel_id": "C0INC",
               "response_url": "https://hooks.slack.com/app/T0ACME/1/abc"}]}
            """
        case .closed: "{\"type\": \"view_closed\", \(Self.who), \(Self.view), \"is_cleared\": true}"
        case .shortcut:
            """
            {"type": "shortcut", \(Self.who), "callback_id": "trigger:new", "trigger_id": "1.2.abc",
             "action_ts": "1704067200.000100"}
            """
        case .messageShortcut:
            """
            {"type": "message_action", \(Self.who), \(Self.message), "callback_id": "trigger:from-message",
             "message_ts": "1704067100.000200", "action_ts": "1704067200.000100"}
            """
        case .suggestion:
            """
            {"type": "block_suggestion", \(Self.who), \(Self.view), "container": {"type": "view", "view_id": "V0FORM"},
             "action_id": "trigger:service", "block_id": "trigger:service", "value": "che"}
            """
        case .event:
            """
            {"type": "event_callback", "token": "legacy", "team_id": "T0ACME", "api_app_id": "A0APP",
             "context_team_id": "T0ACME", "context_enterprise_id": null, "event_id": "Ev0ABC1",
             "event_time": 1704067200, "event_context": "4-abc", "is_ext_shared_channel": false,
             "authorizations": [{"enterprise_id": null, "team_id": "T0ACME", "user_id": "U0APP", "is_bot": true,
               "is_enterprise_install": false}],
             "event": {"type": "member_joined_channel", "user": "U0ANN", "channel": "C0INC", "team": "T0ACME"}}
            """
        case .rateLimited:
            """
            {"type": "app_rate_limited", "token": "legacy", "team_id": "T0ACME", "minute_rate_limited": 1704067200,
             "api_app_id": "A0APP"}
            """
        case .urlVerification: #"{"type": "url_verification", "token": "legacy", "challenge": "3eZbrw1aB"}"#
        case .legacyMessage:
            """
            {"type": "interactive_message", \(Self.who), "callback_id": "old", "channel": {"id": "C0INC", "name": "x"},
             "actions": [{"name": "yes", "type": "button", "value": "1"}], "message_ts": "1.2"}
            """
        case .dialog:
            """
            {"type": "dialog_submission", \(Self.who), "callback_id": "old", "submission": {"a": "b"}, "state": "",
             "channel": {"id": "C0INC", "name": "x"}}
            """
        }
    }
}
