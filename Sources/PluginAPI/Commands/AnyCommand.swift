/// A command without its type: what the host's router keeps.
package struct AnyCommand<Owner: Plugin>: Sendable {
    package let shape: CommandShape
    /// Parses the words and runs the command, or opens the form that is needed before.
    package let run: @Sendable (String, Context<Owner>) async throws -> Reply
    /// Opens the form of the arguments, or runs a command that has none.
    let offer: @Sendable (Context<Owner>) async throws -> Reply
    /// Takes a submitted form of the command.
    let submit: @Sendable (Submission, Context<Owner>) async throws -> FormReply
    let form: CommandForm

    package init<C: Command>(_ type: C.Type) where C.Owner == Owner {
        let shape = CommandShape(
            name: C.name, summary: C.summary, aliases: C.aliases, parameters: parameters(of: C()).map(\.shape))
        let form = CommandForm(shape: shape)
        let needsWords = shape.parameters.contains(where: \.isRequired)
        self.shape = shape
        self.form = form
        run = { words, context in
            let command = C()
            var filled = ArgumentBinder.Filled()
            // With nothing typed and nothing needed, the defaults hold, and nothing is paid for parsing.
            if !words.isEmpty || needsWords {
                filled = try ArgumentBinder(shape: shape).fill(parameters(of: command), from: words)
                if filled.missing != nil { return .modal(form.asking(filled.words)) }
            }
            if let question = command.confirmation { return .modal(try form.confirming(question, filled.words)) }
            return try await command.run(context)
        }
        offer = { context in
            if !shape.parameters.isEmpty { return .modal(form.asking([:])) }
            let command = C()
            if let question = command.confirmation { return .modal(try form.confirming(question, [:])) }
            return try await command.run(context)
        }
        submit = { submission, context in
            let command = C()
            let parameters = parameters(of: command)
            let confirmed = form.confirmed(submission.view.privateMetadata)
            let words = confirmed ?? form.words(in: submission.fields)
            let problems = form.fill(parameters, from: words)
            guard problems.isEmpty else { return .errors(problems) }
            if confirmed == nil, let question = command.confirmation {
                return .update(try form.confirming(question, words))
            }
            do {
                return .closing(with: try await command.run(context))
            } catch let usage as UsageError {
                let isAtField = confirmed == nil && parameters.contains { $0.shape.name == usage.argument }
                guard let argument = usage.argument, isAtField else { throw usage }
                return .error(at: argument, usage.sentence)
            }
        }
    }
}

extension CommandForm {
    /// What was filled in, by the arguments' names, as a person would have typed it.
    func words(in fields: FieldValues) -> [String: String] {
        var words: [String: String] = [:]
        for parameter in shape.parameters { words[parameter.name] = parameter.field.word(from: fields[parameter.name]) }
        return words
    }

    /// Fills in a command.
    /// - Returns: What is wrong, by the arguments' names.
    func fill(_ parameters: [Parameter], from words: [String: String]) -> [String: String] {
        var problems: [String: String] = [:]
        for parameter in parameters {
            let name = parameter.shape.name
            if let word = words[name] {
                if let fault = parameter.bind(word) { problems[name] = "\(capitalized(fault))." }
            } else if parameter.shape.isRequired {
                problems[name] = "Please fill this in."
            }
        }
        return problems
    }
}
