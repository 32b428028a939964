import PluginAPI
import SlackKit

@testable import BotHost

/// What Slack would send, as a body with its content type; signed when it is sent.
struct SlackBody: Sendable {
    var contentType: String
    var bytes: [UInt8]

    static let form = "application/x-www-form-urlencoded"
    static let json = "application/json"

    static func command(
        _ slash: String, _ text: String = "", person: String = "U0ANN", channel: String = "C0INC",
        team: String = "T0ACME", responseURL: String = "", trigger: String = "1.2.trigger"
    ) -> SlackBody {
        let fields = [
            ("team_id", team), ("channel_id", channel), ("channel_name", "incidents"), ("user_id", person),
            ("command", slash), ("text", text), ("response_url", responseURL), ("trigger_id", trigger),
            ("api_app_id", "A0APP"), ("is_enterprise_install", "false"),
        ]
        return SlackBody(contentType: form, bytes: FormArguments.encode(fields: fields))
    }

    static func payload(_ json: JSONValue) -> SlackBody {
        SlackBody(contentType: form, bytes: FormArguments.encode(fields: [("payload", json.description)]))
    }

    static func action(
        _ id: String, value: String = "", view: JSONValue = .null, responseURL: String = "", trigger: String = "1.2.t",
        person: String = "U0ANN", home: String = "T0ACME"
    ) -> SlackBody {
        var json: [String: JSONValue] = [
            "type": "block_actions", "team": ["id": "T0ACME"],
            "user": ["id": .string(person), "team_id": .string(home)],
            "api_app_id": "A0APP", "trigger_id": .string(trigger), "response_url": .string(responseURL),
            "actions": [["type": "button", "action_id": .string(id), "block_id": "b", "value": .string(value)]],
        ]
        if view == .null {
            json["channel"] = ["id": "C0INC", "name": "incidents"]
            json["container"] = ["type": "message", "message_ts": "1790000000.000200", "channel_id": "C0INC"]
        } else {
            json["view"] = view
        }
        return payload(.object(json))
    }

    static func view(_ id: String, callback: String, metadata: String, _ values: [String: String] = [:]) -> JSONValue {
        var blocks: [JSONValue] = []
        var state: [String: JSONValue] = [:]
        for (action, value) in values.sorted(by: { $0.key < $1.key }) {
            let block = "block-\(action)"
            blocks.append(
                ["type": "input", "block_id": .string(block), "element": ["action_id": .string(action)]])
            state[block] = .object([action: ["type": "plain_text_input", "value": .string(value)]])
        }
        return [
            "id": .string(id), "type": "modal", "callback_id": .string(callback),
            "private_metadata": .string(metadata), "hash": "1.h", "blocks": .array(blocks),
            "state": ["values": .object(state)],
        ]
    }

    static func submission(
        _ view: JSONValue, type: String = "view_submission", person: String = "U0ANN"
    ) -> SlackBody {
        payload([
            "type": .string(type), "team": ["id": "T0ACME"], "user": ["id": .string(person), "team_id": "T0ACME"],
            "api_app_id": "A0APP", "trigger_id": "1.2.s", "view": view,
        ])
    }

    static func event(_ type: String, id: String = "Ev0001", team: String = "T0ACME", _ inner: JSONValue = [:])
        -> SlackBody
    {
        var event = inner.object ?? [:]
        event["type"] = .string(type)
        let json: JSONValue = [
            "type": "event_callback", "team_id": .string(team), "api_app_id": "A0APP", "event_id": .string(id),
            "event_time": 1_790_000_000, "event": .object(event),
        ]
        return SlackBody(contentType: Self.json, bytes: json.encoded)
    }
}
