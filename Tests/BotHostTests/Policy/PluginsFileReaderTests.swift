import PluginAPI
import Testing

@testable import BotHost

@Suite struct PluginsFileReaderTests {
    private func problems(_ text: String) -> [PolicyProblem] {
        do {
            _ = try PluginsFileReader.read(Array(text.utf8), plugins: CoffeePlugin.registered)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `a file says what holds everywhere and what is different in a workspace`() throws {
        let text = """
            {"command": "/office", "plugins": {"coffee": {"channels": ["C01"], "settings": {"cups": 2}}},
             "workspaces": {"T01": {"name": "Acme", "plugins": {"coffee": {"enabled": false}}}}}
            """
        let file = try PluginsFileReader.read(Array(text.utf8), plugins: CoffeePlugin.registered)
        #expect(file.command == "/office")
        #expect(file.plugins["coffee"]?.channels == ["C01"])
        #expect(file.plugins["coffee"]?.settings == ["cups": 2])
        #expect(file.workspaces["T01"]?["coffee"]?.enabled == false)
    }

    @Test(
        arguments: [
            ("[]", "$"), ("{", "$"), ("{}", "$"), (#"{"plugins": []}"#, "$.plugins"),
            (#"{"plugins": {"cofee": {}}}"#, "$.plugins.cofee"),
            (#"{"plugins": {"coffee": {"enabled": 1}}}"#, "$.plugins.coffee.enabled"),
            (#"{"plugins": {"coffee": {"channels": ["general"]}}}"#, "$.plugins.coffee.channels[0]"),
            (#"{"plugins": {"coffee": {"users": "U01"}}}"#, "$.plugins.coffee.users"),
            (#"{"plugins": {"coffee": {"settings": {"cups": "two"}}}}"#, "$.plugins.coffee.settings.cups"),
            (#"{"plugins": {}, "command": "pd"}"#, "$.command"),
            (#"{"plugins": {}, "command": "/PD"}"#, "$.command"),
            (#"{"plugins": {}, "workspaces": {"acme": {}}}"#, "$.workspaces.acme"),
            (#"{"plugins": {}, "a\nb": 1}"#, #"$["a\nb"]"#),
        ])
    func `what is wrong is refused with its place`(text: String, path: String) {
        #expect(problems(text).map(\.path) == [path])
    }

    @Test func `everything that is wrong is said at once, with the nearest word`() {
        let found = problems(#"{"plugins": {"cofee": {}, "coffee": {"chanels": []}}, "comand": "/pd"}"#)
        #expect(found.count == 3)
        #expect(found.allSatisfy { $0.problem.contains("did you mean") })
    }

    @Test func `a hopeless file does not print without end`() {
        let entries = (0..<1_000).map { #""p\#($0)": {}"# }.joined(separator: ",")
        #expect(problems("{\"plugins\": {\(entries)}}").count == 50)
    }
}
