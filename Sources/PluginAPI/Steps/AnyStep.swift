/// A step without its type: what the host's router keeps.
package struct AnyStep<Owner: Plugin>: Sendable {
    package let shape: StepShape
    /// Fills in the inputs and runs the step.
    package let run: @Sendable ([String: JSONValue], StepExecution, Context<Owner>) async throws -> StepOutputs

    package init<S: Step>(_ type: S.Type) where S.Owner == Owner {
        let inputs = parameters(of: S()).map { StepInput($0.shape) }
        shape = StepShape(id: S.id, title: S.title, summary: S.summary, inputs: inputs, outputs: S.outputs)
        run = { values, execution, context in
            let step = S()
            for parameter in parameters(of: step) { try StepInput(parameter.shape).bind(values, to: parameter) }
            return try await step.run(execution, context)
        }
    }
}

/// What a step looks like from outside: enough for the app manifest.
package struct StepShape: Sendable, Hashable {
    package let id: String
    package let title: String
    package let summary: String
    package let inputs: [StepInput]
    package let outputs: [StepOutput]

    /// The name of the step in the app manifest: the plugin's id, a `_`, the step's own id. Slack's names of functions take
    /// no colon, and a plugin's id has no `_`.
    package func callbackID(of plugin: String) -> String { "\(plugin)_\(id)" }
}

/// One input of a step: an argument as Workflow Builder shows it.
package struct StepInput: Sendable, Hashable {
    /// Its name on the wire: `assign_to`.
    package let name: String
    /// What people see: "Assign to".
    package let title: String
    package let help: String
    /// Slack's name of its type.
    package let type: String
    package let isRequired: Bool

    init(_ shape: ParameterShape) {
        let words = shape.name.split(separator: "-")
        name = words.joined(separator: "_")
        let sentence = words.joined(separator: " ")
        title = sentence.prefix(1).uppercased() + sentence.dropFirst()
        help = shape.help
        type = shape.stepType
        isRequired = shape.isRequired
    }

    /// - Throws: ``Refusal`` with a sentence for whoever made the workflow.
    func bind(_ values: [String: JSONValue], to parameter: Parameter) throws(Refusal) {
        guard let text = try Self.text(values[name] ?? .null, title) else {
            if isRequired { throw Refusal("“\(title)” is empty: \(help).") }
            return
        }
        if let fault = parameter.bind(text) { throw Refusal("“\(title)”: \(fault).") }
    }

    /// The value as a person would have typed it; `nil` where there is none.
    private static func text(_ value: JSONValue, _ title: String) throws(Refusal) -> String? {
        switch value {
        case .null: return nil
        case .string(let text): return text.isEmpty ? nil : text
        case .integer(let number): return "\(number)"
        case .number(let number): return "\(number)"
        case .bool(let value): return value ? "yes" : "no"
        case .array, .object: throw Refusal("“\(title)” takes one value.")
        }
    }
}
