import BotStore
import Logging
import PluginAPI
import SlackKit

/// Answers the steps that Slack had before custom steps, and has switched off: whoever still has one in a workflow reads
/// what to put in its place.
/// - SeeAlso: <https://docs.slack.dev/legacy/legacy-steps-from-apps>
struct RetiredSteps: Sendable {
    let slack: SlackCaller
    let logger: Logger

    static let hint =
        "Slack has retired this kind of step. In Workflow Builder, take it out and add the app's step of the same name."
    static let executeEvent = "workflow_step_execute"
    static let editRequest = "workflow_step_edit"

    /// Somebody opened the settings of such a step.
    func edited(_ payload: JSONValue, in served: ServedWorkspace) async {
        guard let trigger = payload["trigger_id"].string else { return }
        let view = View.notice("Step retired", Message(Self.hint.escaped()))
        await tell("views.open", ["trigger_id": .string(trigger), "view": view.json(idPrefix: "")], served)
    }

    /// A workflow came to such a step.
    func executed(_ event: JSONValue, in served: ServedWorkspace) async {
        guard let id = event["workflow_step"]["workflow_step_execute_id"].string else { return }
        await tell(
            "workflows.stepFailed",
            ["workflow_step_execute_id": .string(id), "error": ["message": .string(Self.hint)]], served)
    }

    private func tell(_ method: String, _ arguments: JSONValue, _ served: ServedWorkspace) async {
        do {
            _ = try await slack.call(
                method, arguments, token: served.installation.botToken, workspace: served.workspace.id)
        } catch {
            logger.warning("a retired step cannot be answered", metadata: ["code": "\(error.code)"])
        }
    }
}
