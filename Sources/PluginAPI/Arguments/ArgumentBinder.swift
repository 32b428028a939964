/// Fills in a command's arguments from what a person typed.
struct ArgumentBinder {
    let shape: CommandShape

    /// What was typed, by the names of the arguments.
    struct Filled {
        var words: [String: String] = [:]
        /// The first argument that is needed and was not given.
        var missing: ParameterShape?
    }

    /// - Throws: ``UsageError`` with one sentence about the first mistake, or about what is missing.
    func bind(_ text: String, to parameters: [Parameter]) throws(UsageError) {
        if let missing = try fill(parameters, from: text).missing {
            throw UsageError("`\(missing.name)` is missing: \(missing.help)")
        }
    }

    /// Fills in what was typed, whether or not that is all that is needed.
    /// - Throws: ``UsageError`` with one sentence about the first mistake.
    func fill(_ parameters: [Parameter], from text: String) throws(UsageError) -> Filled {
        var filled = Filled()
        let line = CommandLine(text)
        var positional = parameters.filter { $0.shape.style == .positional || $0.shape.style == .rest }[...]
        var words = line.words[...]
        var onlyPositional = false

        while let word = words.popFirst() {
            if !onlyPositional, !word.isText, word.text == "--" {
                onlyPositional = true
                continue
            }
            if !onlyPositional, let (parameter, value) = try named(word, among: parameters) {
                positional.removeAll { $0.shape.name == parameter.shape.name }
                if parameter.shape.style == .flag {
                    try set(parameter, in: &filled, to: value ?? "true")
                } else if let value {
                    try set(parameter, in: &filled, to: value)
                } else if let next = words.popFirst() {
                    try set(parameter, in: &filled, to: next.text)
                } else {
                    throw UsageError("`--\(parameter.shape.name)` needs a value: \(parameter.shape.help)")
                }
                continue
            }
            guard let parameter = positional.popFirst() else {
                throw UsageError("I don't know what to do with “\(clip(word.text))”")
            }
            if parameter.shape.style == .rest {
                // Quotes say where a text ends: arguments by name may follow it, as in `"it is down" --urgency high`.
                var isWhole = word.isText
                if isWhole, let next = words.first { isWhole = try named(next, among: parameters) != nil }
                try set(parameter, in: &filled, to: isWhole ? word.text : line.rest(from: word))
                guard isWhole else { break }
                continue
            }
            try set(parameter, in: &filled, to: word.text)
        }

        filled.missing = parameters.first { $0.shape.isRequired && filled.words[$0.shape.name] == nil }?.shape
        return filled
    }

    /// Reads `--name`, `--name=value` or `name:value`.
    private func named(
        _ word: CommandLine.Word, among parameters: [Parameter]
    ) throws(UsageError) -> (Parameter, value: String?)? {
        guard !word.isText else { return nil }
        let scalars = word.text.unicodeScalars
        if scalars.starts(with: "--".unicodeScalars), scalars.count > 2 {
            let body = scalars.dropFirst(2)
            let name = String(body.prefix { $0 != "=" }).lowercased()
            let value = body.firstIndex(of: "=").map { String(body[body.index(after: $0)...]) }
            if let parameter = parameters.first(where: { $0.shape.name == name && $0.shape.style != .rest }) {
                return (parameter, value)
            }
            let known = parameters.filter { $0.shape.style != .rest }.map(\.shape.name)
            let suggestion = Nearest.word(to: name, among: known).map { "; did you mean `--\($0)`?" } ?? ""
            throw UsageError("I don't know `--\(clip(name))`\(suggestion)")
        }
        guard let colon = scalars.firstIndex(of: ":") else { return nil }
        let name = String(scalars[..<colon]).lowercased()
        guard let parameter = parameters.first(where: { $0.shape.name == name && $0.shape.style != .rest }) else {
            return nil
        }
        let value = String(scalars[scalars.index(after: colon)...])
        return value.isEmpty && !word.isQuoted ? (parameter, nil) : (parameter, value)
    }

    private func set(_ parameter: Parameter, in filled: inout Filled, to text: String) throws(UsageError) {
        // Only now, when Slack's own `<…>` have been told from what looks like them.
        let word = SlackEntities.decode(text)
        if let fault = parameter.bind(word) {
            throw UsageError("`\(parameter.shape.name)`: \(fault)", at: parameter.shape.name)
        }
        filled.words[parameter.shape.name] = word
    }

    private func clip(_ text: String) -> String {
        let text = SlackEntities.decode(text)
        let scalars = text.unicodeScalars
        return scalars.count > 60 ? String(String.UnicodeScalarView(scalars.prefix(59))) + "…" : text
    }
}
