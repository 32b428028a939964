/// The form of a command's arguments, and the question before it runs: made from the command's declaration.
struct CommandForm: Sendable {
    let shape: CommandShape

    /// The id of both, for the submission. A command's own name has no slash, and no plugin's form needs one like this.
    var id: String { "arguments/\(shape.name)" }

    /// One field for each argument.
    /// - Parameter words: What is known already, by the arguments' names.
    func asking(_ words: [String: String]) -> View {
        .modal(title, submit: "Go ahead", close: "Cancel", id: id) {
            Block.section(.plain(shape.summary))
            for parameter in shape.parameters {
                Block.input(
                    label(parameter),
                    parameter.field.element(
                        parameter.name, word: words[parameter.name] ?? parameter.initial,
                        placeholder: parameter.placeholder),
                    hint: parameter.help.isEmpty ? nil : capitalized(parameter.help), optional: !parameter.isRequired)
            }
        }
    }

    /// The question before the command runs.
    /// - Parameter words: All that was given; it travels in the form.
    /// - Throws: ``UsageError`` where that is more than a form can carry.
    func confirming(_ confirmation: Confirmation, _ words: [String: String]) throws -> View {
        let metadata = JSONValue.object(words.mapValues { .string($0) }).description
        // Slack takes 3,000 characters; the host writes the way back to the person beside them.
        guard metadata.utf16.count <= 2_000 else { throw UsageError("That is too long: use fewer words") }
        return .modal(confirmation.title, submit: confirmation.yes, close: "Cancel", id: id, privateMetadata: metadata)
        {
            Block.section(.mrkdwn(confirmation.question))
        }
    }

    /// What a confirmed form carries; `nil` in a form that asks for the arguments.
    func confirmed(_ metadata: String) -> [String: String]? {
        guard !metadata.isEmpty, let json = try? JSONValue(decoding: Array(metadata.utf8)), let object = json.object
        else { return nil }
        return object.compactMapValues(\.string)
    }

    private var title: String { Clip.plain(capitalized(spaced(shape.name)), to: 24) }

    private func label(_ parameter: ParameterShape) -> String { capitalized(spaced(parameter.name)) }

    private func spaced(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.map { $0 == "-" ? " " : $0 }))
    }
}

/// The same words with a capital at the start.
func capitalized(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    return first.properties.uppercaseMapping + String(text.unicodeScalars.dropFirst())
}
