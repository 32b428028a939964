/// What one argument of a command looks like from outside.
public struct ParameterShape: Sendable, Hashable {
    /// How it is given.
    public enum Style: Sendable, Hashable {
        /// By its place or by its name.
        case positional
        /// Only by its name.
        case named
        /// By being there.
        case flag
        /// The rest of the line.
        case rest
    }

    /// Its name as typed after `--`: words joined by dashes.
    public let name: String
    /// What it is, in a few words.
    public let help: String
    /// How it is given.
    public let style: Style
    /// What kind of value it takes: "number", "@person", "high|low".
    public let placeholder: String
    /// True where the command cannot run without it.
    public let isRequired: Bool
    /// The field that asks for it in a form.
    package let field: ArgumentField
    /// What that field starts with: the default.
    package let initial: String?
    /// Slack's name of the kind of value, where it is an input of a step.
    package var stepType = "string"

    /// As it stands in a usage line: `<who>`, `[cups]`, `[--urgency high|low]`, `[--force]`, `<text …>`.
    public var usage: String {
        let form =
            switch style {
            case .positional: placeholder.contains("|") ? placeholder : name
            case .named: "--\(name) \(placeholder)"
            case .flag: "--\(name)"
            case .rest: "\(name) …"
            }
        return isRequired ? (style == .named ? form : "<\(form)>") : "[\(form)]"
    }
}

/// One argument of one command instance: its shape, and the way to fill it in.
struct Parameter {
    let shape: ParameterShape
    /// Parses the text and keeps the value.
    /// - Returns: What is wrong with it, in words that complete "…: ", or `nil`.
    let bind: (String) -> String?
}

/// What the property wrappers have in common, without their value's type.
private protocol ParameterSource {
    func parameter(named name: String) -> Parameter
}

extension ArgumentSlot: ParameterSource {
    private var field: ArgumentField {
        switch style {
        case .flag: .tick
        case .rest: .lines
        case .positional, .named: Value.field
        }
    }

    func parameter(named name: String) -> Parameter {
        let shape = ParameterShape(
            name: name, help: help, style: style, placeholder: Value.placeholder, isRequired: fallback == nil,
            field: field, initial: style == .flag ? nil : fallback?.word, stepType: Value.stepType)
        return Parameter(shape: shape) { text in
            switch Value.parse(text) {
            case .success(let value):
                self.set(value)
                return nil
            case .failure(let fault): return fault.sentence
            }
        }
    }
}

/// Finds the arguments of a command, or the inputs of a step, in the order they were declared.
///
/// `Mirror` sees the stored properties in declaration order, in debug and release alike; a macro would cost every
/// plugin a build of swift-syntax.
func parameters(of command: some Sendable) -> [Parameter] {
    Mirror(reflecting: command).children.compactMap { child in
        guard let label = child.label, label.hasPrefix("_") else { return nil }
        let slots = Mirror(reflecting: child.value).children.compactMap { $0.value as? any ParameterSource }
        return slots.first?.parameter(named: dashed(String(label.dropFirst())))
    }
}

/// `assignTo` → `assign-to`, `userID` → `user-id`
private func dashed(_ name: String) -> String {
    var result = ""
    var isInCapitals = true
    for scalar in name.unicodeScalars {
        if scalar.properties.isUppercase {
            if !isInCapitals { result += "-" }
            result += scalar.properties.lowercaseMapping
        } else {
            result.unicodeScalars.append(scalar)
        }
        isInCapitals = scalar.properties.isUppercase
    }
    return result
}
