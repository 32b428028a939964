import Foundation
import Testing

/// Every piece of Swift on these pages stands in a file that is compiled, and mostly tested.
@Suite struct SnippetTests {
    let tree = SourceTree.here

    @Test(arguments: ["README.md", "docs/QuickStart.md", "docs/WritingAPlugin.md", "docs/PluginAPI.md"])
    func `what a page shows is compiled`(page: String) throws {
        let sources = try ["Examples", "Tests/ExamplePluginsTests"]
            .flatMap { try tree.swiftFiles(under: $0) }.map { Self.essence($0.lines) }
        var findings: [Finding] = []
        for (line, block) in try Self.blocks(tree.text(of: page)) {
            let wanted = Self.essence(block)
            guard !wanted.isEmpty, !sources.contains(where: { Self.contains($0, wanted) }) else { continue }
            findings.append(
                Finding(
                    path: page, line: line, rule: "this Swift stands in no compiled file",
                    reason: "people copy it; take it from Examples or Tests/ExamplePluginsTests, word for word"))
        }
        expectNone(findings)
    }

    @Test func `a line that is not there is not found`() {
        #expect(Self.contains(["a", "b", "c"], ["b", "c"]))
        #expect(!Self.contains(["a", "b", "c"], ["a", "c"]))
        #expect(Self.blocks("x\n```swift\nlet a = 1\n```\n").map(\.line) == [2])
    }

    private static func blocks(_ text: String) -> [(line: Int, block: [String])] {
        var found: [(Int, [String])] = []
        var open: (line: Int, block: [String])?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let block = open, line.hasPrefix("```") {
                found.append(block)
                open = nil
            } else if line == "```swift" {
                open = (index + 1, [])
            } else {
                open?.block.append(String(line))
            }
        }
        return found
    }

    /// Lines without their indentation, without blank ones and without the imports at the top.
    private static func essence(_ lines: [String]) -> [String] {
        lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty && !$0.hasPrefix("import ") }
    }

    private static func contains(_ source: [String], _ wanted: [String]) -> Bool {
        guard source.count >= wanted.count else { return false }
        return (0...(source.count - wanted.count)).contains { source[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
