/// One value that a ``Step`` gives to the steps after it.
public struct StepOutput: Sendable, Hashable {
    /// Its name on the wire.
    public let name: String
    /// What people see in Workflow Builder.
    public let title: String
    /// Slack's name of its type.
    package let type: String

    /// A text.
    /// - Parameters:
    ///   - name: Lower-case letters, digits and `_`; must stay.
    ///   - title: What people see.
    public static func text(_ name: String, _ title: String) -> StepOutput {
        StepOutput(name: name, title: title, type: "string")
    }

    /// A whole number.
    public static func number(_ name: String, _ title: String) -> StepOutput {
        StepOutput(name: name, title: title, type: "integer")
    }

    /// A person, by Slack's id.
    public static func person(_ name: String, _ title: String) -> StepOutput {
        StepOutput(name: name, title: title, type: "slack#/types/user_id")
    }

    /// A channel, by Slack's id.
    public static func channel(_ name: String, _ title: String) -> StepOutput {
        StepOutput(name: name, title: title, type: "slack#/types/channel_id")
    }
}

/// What a ``Step`` came to: a value for each of its outputs, by name.
public struct StepOutputs: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    package let values: [String: JSONValue]

    /// By name: texts and numbers.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        values = Dictionary(elements) { _, last in last }
    }
}
