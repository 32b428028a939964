import Foundation
import Testing

@Suite struct DocumentationTests {
    let tree = SourceTree.here

    private func pages() throws -> [(path: String, lines: [Substring])] {
        let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        let docs =
            FileManager.default.enumerator(atPath: tree.root.appending(path: "docs").path)?
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }.map { "docs/\($0)" } ?? []
        return try (top + docs.sorted()).map { path in
            (path, try tree.text(of: path).split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    @Test func `every link between the pages leads somewhere`() throws {
        var findings: [Finding] = []
        for (path, lines) in try pages() {
            let folder = URL(filePath: path, relativeTo: tree.root).deletingLastPathComponent()
            for (index, line) in lines.enumerated() {
                for match in line.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
                    let target = folder.appending(path: String(match.1)).standardizedFileURL
                    if !FileManager.default.fileExists(atPath: target.path) {
                        findings.append(
                            Finding(
                                path: path, line: index + 1, rule: "a link to \(match.1), which is not there",
                                reason: "the page is about something that moved; follow it"))
                    }
                }
            }
        }
        expectNone(findings)
    }

    @Test func `every make target, script and source folder that a page names exists`() throws {
        let targets = try Set(tree.text(of: "Makefile").matches(of: /(?m)^([a-z]+):/).map { String($0.1) })
        var findings: [Finding] = []
        for (path, lines) in try pages() where path != "CHANGELOG.md" {
            for (index, line) in lines.enumerated() {
                for match in line.matches(of: /`make ([a-z]+)/) where !targets.contains(String(match.1)) {
                    findings.append(
                        Finding(
                            path: path, line: index + 1, rule: "no target `make \(match.1)` in the Makefile",
                            reason: "a person will type it"))
                }
                for match in line.matches(of: /`((?:Sources|Tests|scripts|Benchmarks)\/[\w\/.]+)`/) {
                    let target = tree.root.appending(path: String(match.1))
                    if !FileManager.default.fileExists(atPath: target.path) {
                        findings.append(
                            Finding(
                                path: path, line: index + 1, rule: "\(match.1) is not there",
                                reason: "a person will look for it"))
                    }
                }
            }
        }
        expectNone(findings)
    }

    @Test func `docs/Configuration.md and the code know the same variables`() throws {
        let documented = try Set(
            tree.text(of: "docs/Configuration.md").split(separator: "\n").compactMap { line in
                line.prefixMatch(of: /\| `([A-Z][A-Z0-9_]+)` \|/).map { String($0.1) }
            })
        let files =
            try tree.swiftFiles(under: "Sources/BotHost/Configuration") + tree.swiftFiles(under: "Sources/BotHostCLI")
        // A name in quotes, all in capitals, is a variable: nothing else looks like that in these folders.
        let read = Set(
            files.filter { $0.lines.contains { $0.contains("EnvironmentReader") } }
                .flatMap(\.lines).filter { !$0.contains(/^\s*\/\//) }
                .flatMap { $0.matches(of: /"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)"/).map { String($0.1) } })
        #expect(
            read.subtracting(documented).isEmpty,
            "read in the code and not in docs/Configuration.md: \(read.subtracting(documented).sorted())")
        #expect(
            documented.subtracting(read).isEmpty,
            "in docs/Configuration.md and read nowhere: \(documented.subtracting(read).sorted())")
    }
}
