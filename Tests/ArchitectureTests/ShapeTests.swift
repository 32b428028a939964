import Testing

@Suite struct ShapeTests {
    let tree = SourceTree.here
    static let longest = 400
    /// The word as a modifier; `kind == .public` is a case of an enumeration.
    static var publicWord: Regex<Substring> {
        /(?:^|[^.\w])(?:public|open)\s+(?!import\b)[a-z@]/.wordBoundaryKind(.simple)
    }
    /// The machine's sleep; one of a clock that a test moves by hand waits for nobody.
    /// By Unicode's rules for words `Task.sleep` is a single one, hence the simple boundaries.
    static var sleep: Regex<Substring> {
        /(?:^|[^.\w]|\bTask\.)u?sleep\(/.wordBoundaryKind(.simple)
    }

    @Test func `files stay short enough to read in one go`() throws {
        var findings: [Finding] = []
        for file in try tree.swiftFiles(under: "Sources") + tree.swiftFiles(under: "Tests") {
            let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
            if count > Self.longest {
                findings.append(
                    Finding(
                        path: file.path, line: count, rule: "\(count) lines, at most \(Self.longest)",
                        reason: "one main type a file; move a topic into Type+Topic.swift"))
            }
        }
        expectNone(findings)
    }

    @Test func `files are named for what is in them`() throws {
        let empty = try Regex(#"(?:Util|Utils|Utilities|Common|Helper|Helpers|Manager|Base|Misc|Extensions)$"#)
        let findings = try (tree.swiftFiles(under: "Sources") + tree.swiftFiles(under: "Tests"))
            .filter { $0.name.contains(empty) }
            .map { file in
                Finding(
                    path: file.path, line: 1, rule: "a name that could hold anything",
                    reason: "whatever is put there is found by nobody; name the file for its one main type")
            }
        expectNone(findings)
    }

    /// What authors of plugins and of bots write against.
    static let promised = [
        "Sources/PluginAPI/", "Sources/PluginTestKit/", "Sources/BotHostCLI/Bot.swift",
        "Sources/BotHostCLI/BundledPlugins.swift",
    ]

    @Test func `only what others write against declares anything public`() throws {
        var findings: [Finding] = []
        for file in try tree.swiftFiles(under: "Sources") {
            guard !Self.promised.contains(where: file.path.hasPrefix) else { continue }
            for (index, line) in file.code.enumerated() where line.contains(Self.publicWord) {
                findings.append(
                    Finding(
                        path: file.path, line: index + 1, rule: "public outside of what others write against",
                        reason: "between our modules it is `package`; public is a promise to authors of plugins"))
            }
        }
        expectNone(findings)
    }

    @Test(arguments: ["public struct A {", "    public let a = 1", "@frozen public enum A {", "open class A {"])
    func `a public declaration is seen`(line: String) {
        #expect(line.contains(Self.publicWord))
    }

    @Test(arguments: ["guard kind == .public else {", "public import A", "package let a = 1", "let isPublic = true"])
    func `a word that looks like it is left alone`(line: String) {
        #expect(!line.contains(Self.publicWord))
    }

    @Test func `every public declaration says what it is`() throws {
        var findings: [Finding] = []
        for file in try tree.swiftFiles(under: "Sources")
        where Self.promised.contains(where: file.path.hasPrefix) {
            for index in file.code.indices where DocumentedDeclaration.isMissing(at: index, of: file) {
                findings.append(
                    Finding(
                        path: file.path, line: index + 1, rule: "public declaration without a doc comment",
                        reason: "it is all that an author of a plugin has to go by"))
            }
        }
        expectNone(findings)
    }

    @Test func `no test sleeps`() throws {
        var findings: [Finding] = []
        // Looks again and again until a thing has happened, with a short rest between two looks.
        let looking = "Tests/ScenarioTests/Support/Waiting.swift"
        for file in try tree.swiftFiles(under: "Tests") where file.path != looking {
            for (index, line) in file.code.enumerated()
            where line.contains(Self.sleep) {
                findings.append(
                    Finding(
                        path: file.path, line: index + 1, rule: "a sleep in a test",
                        reason: "it is too short on a slow day and too long on every other; await the event itself"))
            }
        }
        expectNone(findings)
    }
}
