import Foundation
import Testing

@testable import BotHostCLI

@Suite struct `A project that a plugin is added to` {
    @Test func `gets a line above each mark, and an import in its place`() {
        let text = "import A\nimport C\n\nlet all = [\n    A.self,\n    // new-plugin: plugin\n]\n"
        let listed = PluginProject.insert("B.self,", above: "plugin", in: text)
        #expect(listed?.contains("    A.self,\n    B.self,\n    // new-plugin: plugin") == true)
        #expect(PluginProject.importing("B", in: text).hasPrefix("import A\nimport B\nimport C\n"))
        #expect(PluginProject.importing("D", in: text).hasPrefix("import A\nimport C\nimport D\n"))
        #expect(PluginProject.insert("x", above: "nothing", in: text) == nil)
    }

    @Test(arguments: [
        (#"{"plugins": {"help": {}}}"#, "{\"plugins\": {\"help\": {},\n    \"x\": {}}}"),
        (#"{"plugins": {}}"#, "{\"plugins\": {\n    \"x\": {}\n  }}"),
        (
            "{\n  \"plugins\": {\n    \"a\": {\"settings\": {\"s\": \"}{\"}}\n  },\n  \"workspaces\": {}\n}\n",
            "{\n  \"plugins\": {\n    \"a\": {\"settings\": {\"s\": \"}{\"}},\n    \"x\": {}\n  },\n  \"workspaces\": {}\n}\n"
        ),
    ])
    func `is listed in plugins.json, and all else stays as it is written`(before: String, after: String) {
        #expect(PluginProject.list("x", in: before) == after)
    }

    @Test func `that has no place for it says so before anything is written`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: PluginProject.Problem.self) { try PluginProject(at: folder.path) }
        try Data("// nothing here".utf8).write(to: folder.appending(path: "Package.swift"))
        let project = try PluginProject(at: folder.path)
        let name = try PluginName("coffee", taken: [], modules: [])
        let problem = #expect(throws: PluginProject.Problem.self) { try project.edits(for: name) }
        #expect(problem?.sentence.contains("// new-plugin: dependency") == true)
    }

    @Test func `of this package has all the marks`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        for folder in [root, root.appending(path: "Examples/CustomBot")] {
            let project = try PluginProject(at: folder.path)
            let edits = try project.edits(for: PluginName("coffee", taken: [], modules: project.modules))
            #expect(edits.map(\.path).contains("Package.swift"))
            #expect(edits.map(\.path).contains("plugins.json"))
            #expect(edits.allSatisfy { $0.text.lowercased().contains("coffee") })
        }
    }
}
