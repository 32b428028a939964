import Testing

@testable import PluginAPI

@Suite struct SettingsDecoderTests {
    struct Settings: PluginSettings, Equatable {
        var urgency = "low"
        var limit = 5
        var share = 0.5
        var isLoud = false
        var channels: [String] = []
        var report = Report()
        var owner: String?

        struct Report: Codable, Equatable {
            var hour = 9
            var days: [Int] = [1]
        }
    }

    private func decode(_ json: JSONValue) throws -> Settings { try SettingsDecoder<Settings>().decode(json) }

    private func fault(_ json: JSONValue) -> SettingsFault? {
        do {
            _ = try decode(json)
            return nil
        } catch {
            return error as? SettingsFault
        }
    }

    @Test func `nothing said means the defaults`() throws {
        #expect(try decode([:]) == Settings())
    }

    @Test func `what is said stands beside the defaults`() throws {
        let settings = try decode(["urgency": "high", "channels": ["C1"], "owner": "ada", "share": 1])
        #expect(settings == Settings(urgency: "high", share: 1, channels: ["C1"], owner: "ada"))
    }

    @Test func `an unknown setting is named with the nearest one`() {
        #expect(
            fault(["urgncy": "high"])
                == SettingsFault(path: [.key("urgncy")], problem: "is no setting", nearest: "urgency"))
        #expect(fault(["colour": "red"]) == SettingsFault(path: [.key("colour")], problem: "is no setting"))
    }

    @Test(
        arguments: [
            (["urgency": 5], "must be a text"), (["limit": "5"], "must be a number"),
            (["isLoud": "yes"], "must be true or false"),
            (["limit": nil], "must be a number"), (["urgency": ["high"]], "must be a text"),
            (["limit": 1.5], "has a value that is not one of the possible ones"),
        ] as [(JSONValue, String)])
    func `a value of the wrong type says what it must be`(json: JSONValue, problem: String) throws {
        let found = try #require(fault(json))
        #expect(found.problem == problem)
        #expect(found.path == [.key(try #require(json.object?.keys.first))])
    }

    @Test func `the place is found however deep it lies`() {
        let days: JSONValue = ["report": ["hour": 9, "days": [1, "two"]]]
        #expect(fault(days)?.path == [.key("report"), .key("days"), .index(1)])
        #expect(fault(["report": ["hour": 9]])?.problem == "misses “days”")
    }

    @Test func `settings are an object`() {
        #expect(fault(["a"]) == SettingsFault(path: [], problem: "must be an object of settings"))
        #expect(fault(.null)?.problem == "must be an object of settings")
    }
}

@Suite struct RegisteredPluginTests {
    struct Coffee: Plugin {
        struct Settings: PluginSettings {
            var channel = "C0COFFEE"
        }
        static let manifest = Manifest("coffee", "Brew requests")
        var routes: [Route<Coffee>] {
            OnAction("done") { _, _ in .nothing }
            if true { OnSubmit("form") { _, _ in .close } }
            for name in ["a", "b"] { OnEvent(name) { _, _ in } }
            Every(.seconds(60), "tick") { _ in }
        }
    }

    @Test func `a plugin is kept without its type`() throws {
        let plugin = RegisteredPlugin(Coffee.self)
        #expect(plugin.id == "coffee")
        #expect(plugin.routes.count == 5)
        #expect(plugin.settingNames == ["channel"])
        #expect((try plugin.settings(["channel": "C1"]) as? Coffee.Settings)?.channel == "C1")
    }
}
