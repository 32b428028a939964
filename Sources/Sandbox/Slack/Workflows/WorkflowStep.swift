import FoundationEssentials

/// A step that an app offers to workflows, as its manifest describes it.
struct WorkflowStep: Sendable {
    struct Parameter: Sendable {
        var name: String
        var type: String
        var title: String
        var description: String
        var isRequired: Bool

        var json: JSON {
            [
                "name": .string(name), "type": .string(type), "title": .string(title),
                "description": .string(description), "is_required": .bool(isRequired),
            ]
        }
    }

    var callbackID: String
    var title: String
    var description: String
    var inputs: [Parameter]
    var outputs: [Parameter]

    init?(_ callbackID: String, _ json: JSON) {
        guard let title = json["title"]?.string else { return nil }
        self.callbackID = callbackID
        self.title = title
        description = json["description"]?.string ?? ""
        inputs = Self.parameters(json["input_parameters"])
        outputs = Self.parameters(json["output_parameters"])
    }

    private static func parameters(_ json: JSON?) -> [Parameter] {
        (json?.object ?? [:]).compactMap { name, entry in
            guard let type = entry["type"]?.string else { return nil }
            return Parameter(
                name: name, type: type, title: entry["title"]?.string ?? name,
                description: entry["description"]?.string ?? "", isRequired: entry["is_required"]?.bool ?? false)
        }.sorted { ($0.isRequired ? 0 : 1, $0.title) < ($1.isRequired ? 0 : 1, $1.title) }
    }

    /// As the page is told.
    var clientJSON: JSON {
        [
            "callback_id": .string(callbackID), "title": .string(title), "description": .string(description),
            "inputs": .array(inputs.map(\.json)),
        ]
    }
}

/// One step of one workflow that is under way, or was.
struct StepRun: Sendable {
    enum State: Sendable, Equatable {
        case running
        case completed([String: JSON])
        case failed(String)
    }

    let id: String
    let workflowRun: String
    let team: String
    let user: String
    let channel: String
    let step: WorkflowStep
    var state = State.running

    var json: JSON {
        var fields: [String: JSON] = ["id": .string(id), "step": .string(step.callbackID), "user": .string(user)]
        switch state {
        case .running: fields["state"] = "running"
        case .completed(let outputs):
            fields["state"] = "completed"
            fields["outputs"] = .object(outputs)
        case .failed(let sentence):
            fields["state"] = "failed"
            fields["error"] = .string(sentence)
        }
        return .object(fields)
    }
}
