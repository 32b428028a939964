import PluginAPI
import Testing

@testable import BotHost

@Suite struct PluginsFileReaderTests {
    static let plugins = [
        RegisteredPlugin(HelpStub.self), RegisteredPlugin(Coffee.self), RegisteredPlugin(Tea.self),
    ]

    private func problems(_ text: String) -> [String] {
        do {
            _ = try PluginsFileReader.read(Array(text.utf8), plugins: Self.plugins)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    private func coffee(_ entry: String) -> String { #"{"plugins": {"coffee": \#(entry)}}"# }

    @Test func `a file that says everything is read as it stands`() throws {
        let text = #"""
            {"$schema": "./plugins.schema.json", "command": "/ops",
             "plugins": {"help": {}, "coffee": {"enabled": false, "settings": {"limit": 3}}},
             "workspaces": {"T0ACME": {"name": "Acme", "fallbackChannel": "C0OPS", "plugins": {"coffee": {
                "enabled": true, "channels": ["C0INC"], "usergroups": ["S0SRE"], "users": ["U0ANN", "W0BOB"]}}}}}
            """#
        let file = try PluginsFileReader.read(Array(text.utf8), plugins: Self.plugins)
        #expect(file.command == "/ops")
        #expect(file.fallbackChannels == ["T0ACME": "C0OPS"])
        #expect(Policy(file: file, plugins: Self.plugins).fallbackChannel(in: "T0ACME") == "C0OPS")
        #expect(Policy(file: file, plugins: Self.plugins).fallbackChannel(in: "T0OTHER") == nil)
        #expect(file.plugins["coffee"] == .init(enabled: false, settings: ["limit": 3]))
        #expect(
            file.workspaces["T0ACME"]?["coffee"]
                == .init(enabled: true, channels: ["C0INC"], usergroups: ["S0SRE"], users: ["U0ANN", "W0BOB"]))
    }

    @Test(arguments: [
        (#"{"plugins": {"cofee": {}}}"#, "$.plugins.cofee: is no plugin of this host; did you mean \"coffee\"?"),
        (#"{"plugins": {"xyz": {}}}"#, "$.plugins.xyz: is no plugin of this host; there are help, coffee, tea"),
        (
            ##"{"plugins": {}, "workspaces": {"T0ACME": {"fallbackChannel": "#ops"}}}"##,
            "$.workspaces.T0ACME.fallbackChannel: must be the id of a channel that the app is in, such as \"C0123ABCD\""
        ),
        (#"{"plugins": {}, "wrkspaces": {}}"#, "$.wrkspaces: is not known here; did you mean \"workspaces\"?"),
        (
            #"{"plugins": {"a b\"": {}}}"#,
            #"$.plugins["a b\""]: is no plugin of this host; there are help, coffee, tea"#
        ),
        (#"{"plugins": []}"#, "$.plugins: must be an object of plugin ids"),
        (
            #"{"plugins": {}, "command": "pd"}"#,
            "$.command: must be a slash command such as \"/pd\": lower-case letters, digits, - and _"
        ),
        (
            #"{"plugins": {}, "command": 5}"#,
            "$.command: must be a slash command such as \"/pd\": lower-case letters, digits, - and _"
        ),
        (
            #"{"plugins": {}, "command": "/shout"}"#,
            "$.command: /shout is a command of the plugin “coffee”; choose another word"
        ),
        (#"{}"#, "$: misses \"plugins\": which of help, coffee, tea are on, such as {\"help\": {}}"),
        (#"[]"#, "$: must be an object with $schema, command, plugins, workspaces"),
        (#"{"plugins": {}, "workspaces": []}"#, "$.workspaces: must be an object of workspace ids"),
        (
            #"{"plugins": {}, "workspaces": {"acme": {}}}"#,
            "$.workspaces.acme: is no workspace id; one looks like T0123ABCD"
        ),
        (
            #"{"plugins": {}, "workspaces": {"T\u212A000": {}}}"#,
            "$.workspaces[\"T\u{212A}000\"]: is no workspace id; one looks like T0123ABCD"
        ),
        (
            #"{"plugins": {}, "workspaces": {"T0ACME": {"nme": "x"}}}"#,
            "$.workspaces.T0ACME.nme: is not known here; did you mean \"name\"?"
        ),
        (#"{"plugins": {}, "workspaces": {"T0ACME": {"name": 5}}}"#, "$.workspaces.T0ACME.name: must be a text"),
        (
            #"{"plugins": {}, "workspaces": {"T0ACME": {"plugins": {"te": {}}}}}"#,
            "$.workspaces.T0ACME.plugins.te: is no plugin of this host; did you mean \"tea\"?"
        ),
    ])
    func `a mistake is told with its path and the nearest word`(text: String, problem: String) {
        #expect(problems(text) == [problem])
    }

    @Test(arguments: [
        (#"true"#, "$.plugins.coffee: must be an object with enabled, channels, usergroups, users, settings"),
        (#"{"enable": true}"#, "$.plugins.coffee.enable: is not known here; did you mean \"enabled\"?"),
        (#"{"enabled": "yes"}"#, "$.plugins.coffee.enabled: must be true or false"),
        (#"{"channels": "C0INC"}"#, "$.plugins.coffee.channels: must be a list of ids such as [\"C0123ABCD\"]"),
        (
            ##"{"channels": ["C0INC", "#incidents"]}"##,
            "$.plugins.coffee.channels[1]: must be an id such as \"C0123ABCD\""
        ),
        (#"{"channels": [7]}"#, "$.plugins.coffee.channels[0]: must be an id such as \"C0123ABCD\""),
        (#"{"usergroups": ["U0ANN"]}"#, "$.plugins.coffee.usergroups[0]: must be an id such as \"S0123ABCD\""),
        (#"{"users": ["ann"]}"#, "$.plugins.coffee.users[0]: must be an id such as \"U0123ABCD\""),
        (#"{"settings": 5}"#, "$.plugins.coffee.settings: must be an object"),
        (
            #"{"settings": {"chanel": "C1"}}"#,
            "$.plugins.coffee.settings.chanel: is no setting; did you mean \"channel\"?"
        ),
        (
            #"{"settings": {"zzz": 1}}"#,
            "$.plugins.coffee.settings.zzz: is no setting; there are channel, limit, places"
        ),
        (#"{"settings": {"limit": "five"}}"#, "$.plugins.coffee.settings.limit: must be a number"),
        (
            #"{"settings": {"places": {"a b": [1, "two"]}}}"#,
            "$.plugins.coffee.settings.places[\"a b\"][1]: must be a number"
        ),
    ])
    func `a mistake in a plugin's entry is told with its path`(entry: String, problem: String) {
        #expect(problems(coffee(entry)) == [problem])
    }

    @Test func `a plugin without settings says so`() {
        #expect(
            problems(#"{"plugins": {"tea": {"settings": {"x": 1}}}}"#)
                == ["$.plugins.tea.settings.x: is no setting; tea has none"])
    }

    @Test func `a workspace's settings are read over the general ones`() {
        let text = #"""
            {"plugins": {"coffee": {"settings": {"limit": 3}}},
             "workspaces": {"T0ACME": {"plugins": {"coffee": {"settings": {"limit": "x"}}}}}}
            """#
        #expect(problems(text) == ["$.workspaces.T0ACME.plugins.coffee.settings.limit: must be a number"])
    }

    @Test func `all mistakes are told at once, but not without end`() {
        let two = problems(#"{"plugins": {"cofee": {}, "te": {}}}"#)
        #expect(two.count == 2)
        let many = (0..<500).map { "\"x\($0)\": {}" }.joined(separator: ",")
        #expect(problems("{\"plugins\": {\(many)}}").count == 50)
    }

    @Test(arguments: ["", "{", "nonsense", "{\"plugins\": {}} trailing", String(repeating: "[", count: 100_000)])
    func `what is no JSON is told as such`(text: String) {
        #expect(problems(text).first?.hasPrefix("$: is not valid JSON: ") == true)
    }
}
