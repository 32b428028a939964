/// A type that an argument can have.
///
/// Give your own type one by conforming it; an enumeration of words needs no code:
/// `enum Size: String, CaseIterable, ArgumentValue { case small, large }`.
public protocol ArgumentValue: Sendable {
    /// What stands in a usage line: "number", "@person", "high|low".
    static var placeholder: String { get }
    /// What the argument is when it was not given; `nil` where it must be given.
    static var whenAbsent: Self? { get }
    /// The field that asks for it in a form.
    static var field: ArgumentField { get }
    /// The word that is read as this value, for a form that starts with it; `nil` where there is none.
    var word: String? { get }
    /// Reads one word.
    /// - Parameter text: The word without its quotes. Untrusted, and of any length up to 8,000 characters.
    /// - Returns: The value, or what is wrong in words that complete "`name`: …".
    static func parse(_ text: String) -> Result<Self, ArgumentFault>
    /// What Workflow Builder takes for an input of a ``Step``: `string`, `integer`, `slack#/types/user_id` ….
    /// - SeeAlso: <https://docs.slack.dev/workflows/workflow-steps>
    static var stepType: String { get }
}

extension ArgumentValue {
    /// Must be given.
    public static var whenAbsent: Self? { nil }
    /// A line of text.
    public static var field: ArgumentField { .text }
    /// None.
    public var word: String? { nil }
    /// A text, which ``parse(_:)`` reads.
    public static var stepType: String { "string" }
}

/// What is wrong with one word.
public struct ArgumentFault: Error, Hashable {
    /// Lower-case words that complete "`name`: …".
    public let sentence: String

    /// - Parameter sentence: Lower-case words that say what to type instead.
    public init(_ sentence: String) {
        self.sentence = sentence
    }
}

extension Optional: ArgumentValue where Wrapped: ArgumentValue {
    /// As for the wrapped type.
    public static var placeholder: String { Wrapped.placeholder }
    /// `nil` stands for "not given".
    public static var whenAbsent: Wrapped?? { .some(.none) }
    /// As for the wrapped type.
    public static var field: ArgumentField { Wrapped.field }
    /// The wrapped value's word.
    public var word: String? { self?.word }
    /// As for the wrapped type.
    public static var stepType: String { Wrapped.stepType }
    /// As for the wrapped type.
    public static func parse(_ text: String) -> Result<Wrapped?, ArgumentFault> {
        Wrapped.parse(text).map { $0 }
    }
}

extension String: ArgumentValue {
    /// "text"
    public static var placeholder: String { "text" }
    /// Itself.
    public var word: String? { self }
    /// Any text.
    public static func parse(_ text: String) -> Result<String, ArgumentFault> { .success(text) }
}

extension Int: ArgumentValue {
    /// "number"
    public static var placeholder: String { "number" }
    /// A field for whole numbers.
    public static var field: ArgumentField { .wholeNumber }
    /// Its digits.
    public var word: String? { String(self) }
    /// A whole number.
    public static var stepType: String { "integer" }
    /// A whole number, with `,` or `_` between thousands allowed.
    public static func parse(_ text: String) -> Result<Int, ArgumentFault> {
        let digits = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "," && $0 != "_" }))
        guard let number = Int(digits) else { return .failure(ArgumentFault("a whole number is needed, such as 3")) }
        return .success(number)
    }
}

extension Double: ArgumentValue {
    /// "number"
    public static var placeholder: String { "number" }
    /// A field for numbers.
    public static var field: ArgumentField { .number }
    /// Its digits.
    public var word: String? { String(self) }
    /// A number.
    public static var stepType: String { "number" }
    /// A finite number.
    public static func parse(_ text: String) -> Result<Double, ArgumentFault> {
        guard let number = Double(text), number.isFinite else {
            return .failure(ArgumentFault("a number is needed, such as 2.5"))
        }
        return .success(number)
    }
}

extension Bool: ArgumentValue {
    /// "yes|no"
    public static var placeholder: String { "yes|no" }
    /// A menu of both.
    public static var field: ArgumentField { .choice(["yes", "no"]) }
    /// "yes" or "no".
    public var word: String? { self ? "yes" : "no" }
    /// Yes or no.
    public static var stepType: String { "boolean" }
    /// Yes or no, in the words people use.
    public static func parse(_ text: String) -> Result<Bool, ArgumentFault> {
        switch text.lowercased() {
        case "yes", "y", "true", "on", "1": .success(true)
        case "no", "n", "false", "off", "0": .success(false)
        default: .failure(ArgumentFault("yes or no is needed"))
        }
    }
}

extension ArgumentValue where Self: RawRepresentable & CaseIterable, RawValue == String {
    /// The words, joined by `|`.
    public static var placeholder: String { allCases.map(\.rawValue).joined(separator: "|") }
    /// A menu of the words.
    public static var field: ArgumentField { .choice(allCases.map(\.rawValue)) }
    /// The word.
    public var word: String? { rawValue }
    /// One of the words, in any case; a slip of the finger gets a suggestion.
    public static func parse(_ text: String) -> Result<Self, ArgumentFault> {
        let typed = text.lowercased()
        if let match = allCases.first(where: { $0.rawValue.lowercased() == typed }) { return .success(match) }
        let words = allCases.map(\.rawValue)
        if let near = Nearest.word(to: typed, among: words) {
            return .failure(ArgumentFault("did you mean “\(near)”? One of \(words.joined(separator: ", ")) is needed"))
        }
        return .failure(ArgumentFault("one of \(words.joined(separator: ", ")) is needed"))
    }
}
