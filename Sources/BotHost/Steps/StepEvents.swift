import PluginAPI
import SlackKit

/// What is particular about the event by which Slack executes a step of a workflow.
/// - SeeAlso: <https://docs.slack.dev/reference/events/function_executed>
enum StepEvents {
    static let type = "function_executed"

    /// The step that an event is about.
    static func callbackID(of event: JSONValue) -> String { event["function"]["callback_id"].string ?? "" }

    /// The execution that Slack waits for.
    static func executionID(of event: JSONValue) -> String? {
        event["function_execution_id"].string.flatMap { $0.isEmpty || $0.utf8.count > 128 ? nil : $0 }
    }

    /// The event carries a token for calls on behalf of the workflow. The host has its own, and keeps no secret in the open.
    static func withoutToken(_ event: JSONValue) -> JSONValue {
        guard case .object(var members) = event, members["bot_access_token"] != nil else { return event }
        members["bot_access_token"] = nil
        return .object(members)
    }

    /// The same for the whole body, as it is stored.
    static func withoutToken(body: [UInt8]) -> [UInt8] {
        guard case .object(var members)? = try? JSONValue(decoding: body), let event = members["event"] else {
            return []
        }
        members["event"] = withoutToken(event)
        return JSONValue.object(members).encoded
    }
}
