import FoundationEssentials

/// How an argument is asked for in a form: the field that stands for its type.
///
/// A command that is called without something it needs opens a form with one such field for each argument.
public struct ArgumentField: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case text(multiline: Bool)
        case number(decimals: Bool)
        case choice([String])
        case tick
        case person
        case channel
        case moment
        case link
    }

    package let kind: Kind

    /// A line of text.
    public static let text = ArgumentField(kind: .text(multiline: false))
    /// Several lines of text.
    public static let lines = ArgumentField(kind: .text(multiline: true))
    /// A whole number.
    public static let wholeNumber = ArgumentField(kind: .number(decimals: false))
    /// A number, with decimals or without.
    public static let number = ArgumentField(kind: .number(decimals: true))
    /// A menu of words: 1 to 100, each of at most 75 characters; a line of text where there are more.
    public static func choice(_ words: [String]) -> ArgumentField { ArgumentField(kind: .choice(words)) }
    /// A menu of the workspace's people.
    public static let person = ArgumentField(kind: .person)
    /// A menu of the conversations that the person can see.
    public static let channel = ArgumentField(kind: .channel)
    /// A day and a time.
    public static let moment = ArgumentField(kind: .moment)
    /// A web address.
    public static let link = ArgumentField(kind: .link)

    /// A box to tick.
    static let tick = ArgumentField(kind: .tick)
}

extension ArgumentField {
    /// The element of a form that asks for it.
    /// - Parameters:
    ///   - id: The argument's name.
    ///   - word: What stands there at first, as a person would have typed it.
    ///   - placeholder: Shown where it is empty.
    func element(_ id: String, word: String?, placeholder: String) -> Element {
        // What no field can hold is not cut: the person would send half of it.
        let word = word.flatMap { $0.utf16.count <= SlackLimits.typedText ? $0 : nil }
        switch kind {
        case .text(let multiline):
            return .textInput(action: id, multiline: multiline, initial: word, placeholder: placeholder)
        case .number(let decimals):
            return .numberInput(action: id, decimals: decimals, initial: word.flatMap { Double($0) })
        case .choice(let words):
            guard (1...100).contains(words.count), words.allSatisfy({ (1...75).contains($0.utf16.count) }) else {
                return .textInput(action: id, initial: word, placeholder: placeholder)
            }
            let chosen = word.flatMap { word in words.first { $0.lowercased() == word.lowercased() } }
            return .select(.options(words.map { Option($0, value: $0) }), action: id, initial: chosen)
        case .tick:
            let yes = Self.yes
            let isTicked = word.map { (try? Bool.parse($0).get()) == true } ?? false
            return .checkboxes(action: id, options: [Option("Yes", value: yes)], initial: isTicked ? [yes] : [])
        case .person: return .select(.users, action: id, initial: Self.id(UserRef.self, word))
        case .channel: return .select(.conversations(), action: id, initial: Self.id(ChannelRef.self, word))
        case .moment:
            let date = word.flatMap { try? Date.parse($0).get() }
            return .dateTimePicker(action: id, initial: date)
        case .link: return .urlInput(action: id, initial: word.flatMap { try? Link.parse($0).get().address })
        }
    }

    private static let yes = "yes"

    private static func id<Reference: ArgumentValue>(_ type: Reference.Type, _ word: String?) -> String? {
        word.flatMap { try? Reference.parse($0).get() }?.word
    }

    /// What was filled in, as a person would have typed it; `nil` where nothing was.
    func word(from value: FieldValue) -> String? {
        switch value {
        case .moment(let seconds):
            // Years of more than four digits are nothing that an argument could be.
            (0...253_402_300_799).contains(seconds)
                ? Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) : nil
        case .options(let chosen): chosen.isEmpty ? nil : Self.yes
        default: value.string.flatMap { $0.isEmpty ? nil : $0 }
        }
    }
}
