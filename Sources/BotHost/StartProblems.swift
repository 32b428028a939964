/// Why the host does not start: one line each, with the mend.
package struct StartProblems: Error, Hashable, CustomStringConvertible {
    package let lines: [String]

    package init(lines: [String]) {
        self.lines = lines
    }

    package var description: String { lines.joined(separator: "\n") }
}
