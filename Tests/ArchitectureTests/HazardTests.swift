import Testing

@Suite struct HazardTests {
    let tree = SourceTree.here

    private func findings(_ hazards: [Hazard], in files: [SourceFile]) throws -> [Finding] {
        let hazard = try Hazard.search(for: hazards)
        return files.flatMap { file in
            file.code.enumerated().compactMap { index, line in
                hazard(line).map {
                    Finding(path: file.path, line: index + 1, rule: $0.rule, reason: $0.reason)
                }
            }
        }
    }

    @Test func `nothing in Sources can trap on input or escape the compiler's checks`() throws {
        var found = try findings(Hazard.everywhere, in: tree.swiftFiles(under: "Sources"))
        for accepted in Hazard.accepted {
            let index = found.firstIndex { $0.path == accepted.path && $0.rule == accepted.rule }
            #expect(index != nil, "Hazard.accepted: \(accepted.rule) no longer stands in \(accepted.path)")
            if let index { found.remove(at: index) }
        }
        expectNone(found)
    }

    @Test func `security code never works on Characters`() throws {
        let pattern = try Regex(Hazard.securityCode)
        let files = try tree.swiftFiles(under: "Sources").filter { $0.path.contains(pattern) }
        #expect(!files.isEmpty, "Hazard.securityCode matches no file: it guards nothing")
        let found = try findings(Hazard.inSecurityCode, in: files)
        expectNone(found)
    }

    @Test(arguments: [
        "try! decode()", "x as! Int", "value!", "values[0]!.name", "call()!", "var name: String!", "a ?? b!",
        "fatalError()", "precondition(x > 0)", "preconditionFailure(\"\")", "final class A: @unchecked Sendable {",
        "nonisolated(unsafe) var a = 1", "Task.detached { }", "text.replacingOccurrences(of: a, with: b)",
    ])
    func `a hazard is seen`(line: String) throws {
        #expect(try Hazard.search(for: Hazard.everywhere)(line) != nil)
    }

    @Test(arguments: [
        "if !ready, a != b {", "#if !os(Linux)", "guard (!a) else { return }", "try? decode()", "x as? Int",
        "a != b", "let swap: (Int) -> Bool = { !($0 == 1) }", "Task { }",
    ])
    func `harmless code is left alone`(line: String) throws {
        #expect(try Hazard.search(for: Hazard.everywhere)(line) == nil)
    }
}
