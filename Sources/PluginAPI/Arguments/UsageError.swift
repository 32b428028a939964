/// A mistake in what a person typed, told to the person with the command's usage.
public struct UsageError: PersonReadableError, Hashable {
    /// One sentence that says what to type instead.
    public let sentence: String

    /// - Parameter sentence: What is wrong and what to do, without a trailing usage line: the host adds it.
    public init(_ sentence: String) {
        self.sentence = sentence
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
