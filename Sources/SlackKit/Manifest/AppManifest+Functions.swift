import PluginAPI

extension AppManifest {
    /// A step of Workflow Builder.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/app-manifest#functions
    package struct Function: Sendable, Hashable {
        /// The name that comes back when it is executed.
        package var callbackID: String
        /// What people see.
        package var title: String
        /// What it does.
        package var description: String
        package var inputs: [Parameter]
        package var outputs: [Parameter]

        package init(
            callbackID: String, title: String, description: String, inputs: [Parameter], outputs: [Parameter]
        ) {
            self.callbackID = callbackID
            self.title = title
            self.description = description
            self.inputs = inputs
            self.outputs = outputs
        }
    }

    /// A value that a step takes or gives.
    package struct Parameter: Sendable, Hashable {
        package var name: String
        /// Slack's name of the type, such as `string` or `slack#/types/user_id`.
        package var type: String
        package var title: String
        package var description: String
        package var isRequired: Bool

        package init(name: String, type: String, title: String, description: String = "", isRequired: Bool) {
            self.name = name
            self.type = type
            self.title = title
            self.description = description
            self.isRequired = isRequired
        }
    }

    func writeFunctions(_ writer: inout JSONWriter) {
        guard !functions.isEmpty else { return }
        writer.object("functions") { writer in
            for function in functions.sorted(by: { $0.callbackID < $1.callbackID }) {
                writer.object(function.callbackID) { writer in
                    writer.member("title", function.title)
                    writer.member("description", function.description)
                    Self.write("input_parameters", function.inputs, &writer)
                    Self.write("output_parameters", function.outputs, &writer)
                }
            }
        }
    }

    private static func write(_ list: String, _ parameters: [Parameter], _ writer: inout JSONWriter) {
        writer.object(list) { writer in
            for parameter in parameters {
                writer.object(parameter.name) { writer in
                    writer.member("type", parameter.type)
                    writer.member("title", parameter.title)
                    if !parameter.description.isEmpty { writer.member("description", parameter.description) }
                    writer.member("is_required", parameter.isRequired)
                }
            }
        }
    }

    /// What Slack would refuse of the steps.
    func functionFaults() -> [Fault] {
        var faults: [Fault] = []
        if functions.count > 50 {
            faults.append(
                Fault(
                    path: "functions", problem: "there are \(functions.count), at most 50",
                    mend: "switch off plugins that bring steps"))
        }
        for function in functions {
            for (list, parameters) in [("input", function.inputs), ("output", function.outputs)]
            where parameters.count > 20 {
                faults.append(
                    Fault(
                        path: "functions.\(function.callbackID).\(list)_parameters",
                        problem: "there are \(parameters.count), at most 20", mend: "take fewer"))
            }
        }
        return faults
    }
}
