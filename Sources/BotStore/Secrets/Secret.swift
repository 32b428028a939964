/// A token or password that does not print itself.
///
/// Interpolated, described, dumped or reflected it shows three dots, so that a log line about a row that holds one
/// cannot give it away. It is not `Codable`: writing it anywhere takes a call to `reveal()`, which is easy to find.
package struct Secret: Sendable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The secret itself. Hand it to what needs it, and to nothing that keeps or prints it.
    package func reveal() -> String { text }

    package var isEmpty: Bool { text.isEmpty }
}

extension Secret: Equatable {
    /// Compares all bytes whatever the first difference is, so that the time taken says nothing about them.
    package static func == (left: Secret, right: Secret) -> Bool {
        let (a, b) = (Array(left.text.utf8), Array(right.text.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
