import FoundationEssentials

extension SlackSimulator {
    /// Most runs that are remembered.
    private static let capacity = 200

    /// Starts a workflow of two steps: the app's, and Slack's own that tells the channel what came of it.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/events/function_executed
    func runWorkflow(
        _ callbackID: String, inputs: [String: JSON], team: String, user: String, channel: String
    ) throws(ControlError) -> JSON {
        let (_, _, found) = try participant(team: team, user: user, channel: channel)
        guard found != nil else { throw ControlError("channel: missing") }
        guard let step = manifest.steps.first(where: { $0.callbackID == callbackID }) else {
            let known = manifest.steps.map(\.callbackID).joined(separator: ", ")
            throw ControlError("step: \(known.isEmpty ? "the app offers none" : "one of \(known)")")
        }
        var given: [String: JSON] = [:]
        for input in step.inputs {
            let value = inputs[input.name] ?? .null
            let isEmpty = value.isNull || value == ""
            guard !isEmpty || !input.isRequired else { throw ControlError("\(input.title): must be filled in") }
            if !isEmpty { given[input.name] = value }
        }
        let run = StepRun(
            id: ids.id("Fx"), workflowRun: ids.id("Wx"), team: team, user: user, channel: channel, step: step)
        stepRuns.append(run)
        if stepRuns.count > Self.capacity { stepRuns.removeFirst(stepRuns.count - Self.capacity) }
        emit(
            "function_executed",
            [
                "function": [
                    "id": .string(ids.id("Fn")), "callback_id": .string(callbackID), "title": .string(step.title),
                    "description": .string(step.description), "type": "app", "app_id": .string(SlackApp.id),
                    "input_parameters": .array(step.inputs.map(\.json)),
                    "output_parameters": .array(step.outputs.map(\.json)), "date_created": .int(second),
                    "date_updated": .int(second), "date_deleted": 0,
                ],
                "inputs": .object(given), "function_execution_id": .string(run.id),
                "workflow_execution_id": .string(run.workflowRun),
                "bot_access_token": .string("xwfp-\(ids.word(40))"),
            ], team: try workspaceIndex(team))
        return ["ok": true, "run": run.json]
    }

    func runWorkflow(_ asked: Asked) throws(ControlError) -> JSON {
        try runWorkflow(
            try asked.text("step"), inputs: asked.body["inputs"]?.object ?? [:], team: try asked.text("team"),
            user: try asked.text("user"), channel: try asked.text("channel"))
    }

    /// What is under way, and what was, newest last.
    var runs: JSON { ["runs": .array(stepRuns.map(\.json))] }

    func completeStep(_ call: SlackCall) throws -> [String: JSON] {
        let index = try running(call)
        let outputs = (try call.structured("outputs", orThrow: "invalid_arguments"))?.object ?? [:]
        let declared = stepRuns[index].step.outputs
        for name in outputs.keys where !declared.contains(where: { $0.name == name }) {
            throw SlackError("parameter_validation_failed", messages: ["unknown output \(name)"])
        }
        for output in declared {
            switch (outputs[output.name], output.type) {
            case (nil, _), (.null?, _):
                guard !output.isRequired else {
                    throw SlackError("parameter_validation_failed", messages: ["missing output \(output.name)"])
                }
            case (.int?, "integer"), (.string?, _): break
            default: throw SlackError("parameter_validation_failed", messages: ["\(output.name) is no \(output.type)"])
            }
        }
        stepRuns[index].state = .completed(outputs)
        let lines = declared.compactMap { output -> String? in
            switch outputs[output.name] {
            case .string(let text)?: "\(output.title): \(text)"
            case .int(let number)?: "\(output.title): \(number)"
            default: nil
            }
        }
        tellOfWorkflow(stepRuns[index], (["✅ \(stepRuns[index].step.title)"] + lines).joined(separator: "\n"))
        return [:]
    }

    func failStep(_ call: SlackCall) throws -> [String: JSON] {
        let index = try running(call)
        let sentence = try call.required("error")
        stepRuns[index].state = .failed(sentence)
        tellOfWorkflow(stepRuns[index], "⚠️ \(stepRuns[index].step.title) did not work: \(sentence)")
        return [:]
    }

    private func running(_ call: SlackCall) throws(SlackError) -> Int {
        let id = try call.required("function_execution_id")
        guard
            let index = stepRuns.firstIndex(where: { $0.id == id && $0.team == workspaces[call.team].id })
        else { throw SlackError("function_execution_not_found") }
        guard stepRuns[index].state == .running else { throw SlackError("execution_not_in_running_state") }
        return index
    }

    /// The second step: a message by Slack's own workflow bot.
    private func tellOfWorkflow(_ run: StepRun, _ text: String) {
        guard let team = workspaces.firstIndex(where: { $0.id == run.team }) else { return }
        var message = SlackMessage(ts: timestamp(), user: "USLACKBOT", text: text)
        message.subtype = "bot_message"
        post(message, to: run.channel, team: team)
    }
}
