/// A mistake in what a person typed, told to the person with the command's usage.
public struct UsageError: PersonReadableError, Hashable {
    /// One sentence that says what to type instead.
    public let sentence: String
    /// The name of the argument that it is about, so that a form says it there; `nil` where it is about no single one.
    public let argument: String?

    /// - Parameters:
    ///   - sentence: What is wrong and what to do, without a trailing usage line: the host adds it.
    ///   - argument: The name of the argument that it is about, as in a usage line: `assign-to`.
    public init(_ sentence: String, at argument: String? = nil) {
        self.sentence = sentence
        self.argument = argument
    }

    /// What the person reads.
    /// - Parameter usage: How the line should have looked.
    package func told(usage: String?) -> Mrkdwn {
        let isEnded = sentence.utf8.last.map { [UInt8(ascii: "."), UInt8(ascii: "?")].contains($0) } ?? true
        let text: Mrkdwn = "\(sentence)\(isEnded ? "" : ".")"
        return usage.map { text + "\nUsage: `\($0)`" } ?? text
    }
}

/// An error whose sentence is meant for the person who caused it. The host shows it as it is and counts no failure.
public protocol PersonReadableError: Error {
    /// One or two sentences for a person: what happened and what to do. No secrets, no stack, no codes but those that
    /// people search for.
    var sentence: String { get }
}

/// The plainest ``PersonReadableError``: "no, because".
public struct Refusal: PersonReadableError, Hashable {
    /// One or two sentences for the person.
    public let sentence: String

    /// - Parameter sentence: What is not possible, and the mend.
    public init(_ sentence: String) {
        self.sentence = sentence
    }
}
