/// A request that is not what Slack sends: where, and what should have been there.
///
/// It never carries the offending value: bodies hold tokens and people's words, and faults are logged.
package struct DecodeFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// The place, such as `$.view.state` in JSON or the name of a form field.
    package let path: String

    /// What was expected there, such as "text" or "an id of capital letters and digits".
    package let expected: String

    /// The kind of thing found there, such as "a number" or "nothing".
    package let found: String

    /// Makes a fault for a place.
    package init(_ path: String, expected: String, found: String) {
        self.path = path
        self.expected = expected
        self.found = found
    }

    /// One line for a log.
    package var description: String { "\(path): expected \(expected), found \(found)" }
}
