import PluginAPI

/// Tells Slack how a step ended: the workflow waits for it.
/// - SeeAlso: <https://docs.slack.dev/reference/methods/functions.completeSuccess>,
///   <https://docs.slack.dev/reference/methods/functions.completeError>
struct StepCompletion: Sendable {
    let services: any HostServices
    let core: ContextCore

    static let unknown = "This app does not offer this step any more. Take it out of the workflow."
    static let switchedOff = "This step is switched off in this workspace. Ask the administrators of the app."

    func succeed(_ id: String, _ outputs: StepOutputs, of shape: StepShape) async throws {
        // What is not declared would make Slack refuse all of it.
        let declared = outputs.values.filter { name, value in
            value != .null && shape.outputs.contains { $0.name == name }
        }
        try await tell(
            "functions.completeSuccess", ["function_execution_id": .string(id), "outputs": .object(declared)])
    }

    func fail(_ id: String, _ sentence: String) async throws {
        try await tell("functions.completeError", ["function_execution_id": .string(id), "error": .string(sentence)])
    }

    private func tell(_ method: String, _ arguments: JSONValue) async throws {
        do {
            _ = try await services.callSlack(method, arguments, for: core)
        } catch let error as SlackError {
            // Told before, or the workflow was stopped meanwhile.
            let isOver = ["execution_not_in_running_state", "function_execution_not_found"].contains(error.code)
            guard isOver else { throw error }
        }
    }
}
