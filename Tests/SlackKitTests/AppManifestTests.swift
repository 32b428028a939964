import PluginAPI
import SlackKit
import Testing

@Suite struct `The app manifest` {
    static let url = "https://bots.example.com/slack/events"

    private func manifest(_ change: (inout AppManifest) -> Void = { _ in }) -> AppManifest {
        var manifest = AppManifest(
            name: "BotHost", description: "Commands for the office", transport: .http(requestURL: Self.url),
            commands: [
                .init(slash: "/pd", description: "PagerDuty in Slack", usageHint: "help"),
                .init(slash: "/brew", description: "Order coffee"),
            ],
            shortcuts: [
                .init(callbackID: "trigger:new", name: "Trigger", description: "Start one", isOnMessages: true)
            ],
            scopes: [
                .init(name: "chat:write", reason: "posts incidents"), .init(name: "users:read"),
                .init(name: "chat:write", reason: "answers questions"),
            ],
            events: ["app_home_opened", "app_mention", "app_mention"],
            redirectURLs: ["https://bots.example.com/slack/oauth_redirect"])
        change(&manifest)
        return manifest
    }

    @Test func `says what Slack needs, in its order`() {
        let expected = """
            {"display_information":{"name":"BotHost","description":"Commands for the office"},\
            "features":{"app_home":{"home_tab_enabled":false,"messages_tab_enabled":true,\
            "messages_tab_read_only_enabled":false},"bot_user":{"display_name":"BotHost","always_online":true},\
            "shortcuts":[{"name":"Trigger","type":"message","callback_id":"trigger:new","description":"Start one"}],\
            "slash_commands":[{"command":"/brew","url":"\(Self.url)","description":"Order coffee","should_escape":true},\
            {"command":"/pd","url":"\(Self.url)","description":"PagerDuty in Slack","usage_hint":"help",\
            "should_escape":true}]},\
            "oauth_config":{"redirect_urls":["https://bots.example.com/slack/oauth_redirect"],\
            "scopes":{"bot":["app_mentions:read","chat:write","commands","users:read"]}},\
            "settings":{"event_subscriptions":{"request_url":"\(Self.url)","bot_events":["app_home_opened","app_mention"]},\
            "interactivity":{"is_enabled":true,"request_url":"\(Self.url)","message_menu_options_url":"\(Self.url)"},\
            "org_deploy_enabled":true,"socket_mode_enabled":false,"token_rotation_enabled":false}}
            """
        #expect(String(decoding: manifest().json, as: UTF8.self) == expected)
        #expect(manifest().faults() == [])
    }

    @Test func `is the same whatever order the plugins come in`() {
        let turned = manifest {
            $0.commands.reverse()
            $0.scopes.reverse()
            $0.events.reverse()
        }
        #expect(turned.json == manifest().json)
    }

    @Test func `for Socket Mode has no address`() throws {
        let json = try JSONValue(decoding: manifest { $0.transport = .socketMode }.json)
        #expect(json["settings"]["socket_mode_enabled"] == true)
        #expect(json["features"]["slash_commands"][0]["url"] == nil)
        #expect(json["settings"]["interactivity"]["request_url"] == nil)
        #expect(json["settings"]["event_subscriptions"]["request_url"] == nil)
    }

    @Test func `without commands, shortcuts and events leaves them out`() throws {
        let bare = AppManifest(name: "Bare", description: "", transport: .socketMode)
        let json = try JSONValue(decoding: bare.json)
        #expect(json["features"]["slash_commands"] == nil)
        #expect(json["features"]["shortcuts"] == nil)
        #expect(json["settings"]["event_subscriptions"] == nil)
        #expect(json["display_information"] == ["name": "Bare"])
        #expect(json["oauth_config"] == ["scopes": ["bot": []]])
        #expect(bare.faults() == [])
    }

    @Test func `says why it asks for a scope`() {
        #expect(manifest().reasons(for: "chat:write") == ["posts incidents", "answers questions"])
        #expect(manifest().reasons(for: "commands") == ["people use its commands and shortcuts"])
        #expect(manifest().reasons(for: "app_mentions:read") == ["it listens to app_mention"])
        #expect(manifest().reasons(for: "users:read") == [])
    }

    struct Wrong: Sendable {
        let fault: String
        let change: @Sendable (inout AppManifest) -> Void

        init(_ fault: String, _ change: @escaping @Sendable (inout AppManifest) -> Void) {
            self.fault = fault
            self.change = change
        }
    }

    static func long(_ count: Int) -> String { String(repeating: "x", count: count) }

    static let wrongs: [Wrong] = [
        Wrong("display_information.name: it is empty; say what it is") { $0.name = "" },
        Wrong("display_information.name: it has 36 characters, at most 35; shorten it") { $0.name = long(36) },
        Wrong("display_information.description: it has 141 characters, at most 140; shorten it") {
            $0.description = long(141)
        },
        Wrong("features.slash_commands[0].description: it is empty; say what it is") {
            $0.commands = [.init(slash: "/x", description: "")]
        },
        Wrong("features.slash_commands[0].command: it has 33 characters, at most 32; shorten it") {
            $0.commands = [.init(slash: "/" + long(32), description: "x")]
        },
        Wrong("features.slash_commands[0].usage_hint: it has 1001 characters, at most 1000; shorten it") {
            $0.commands = [.init(slash: "/x", description: "x", usageHint: long(1001))]
        },
        Wrong(
            "features.slash_commands[0].command: a command is a slash and small letters, digits, dashes and underscores; "
                + "write it like /deploy"
        ) { $0.commands = [.init(slash: "/Deploy now", description: "x")] },
        Wrong("features.slash_commands[1].command: the command stands here twice; rename one of them") {
            $0.commands = [.init(slash: "/x", description: "a"), .init(slash: "/x", description: "b")]
        },
        Wrong("features.slash_commands: there are 51, at most 50; let commands share one slash command") {
            $0.commands = (0..<51).map { .init(slash: "/x\($0)", description: "x") }
        },
        Wrong("features.shortcuts: there are 11, at most 10; switch off plugins that bring shortcuts") {
            $0.shortcuts = (0..<11).map {
                .init(callbackID: "\($0)", name: "x", description: "x", isOnMessages: false)
            }
        },
        Wrong("features.shortcuts[0].name: it has 25 characters, at most 24; shorten it") {
            $0.shortcuts = [.init(callbackID: "x", name: long(25), description: "x", isOnMessages: false)]
        },
        Wrong("features.shortcuts[0].description: it has 151 characters, at most 150; shorten it") {
            $0.shortcuts = [.init(callbackID: "x", name: "x", description: long(151), isOnMessages: false)]
        },
        Wrong("features.shortcuts[0].callback_id: it has 256 characters, at most 255; shorten it") {
            $0.shortcuts = [.init(callbackID: long(256), name: "x", description: "x", isOnMessages: false)]
        },
        Wrong("features.shortcuts[1].callback_id: the id stands here twice; rename one of them") {
            let shortcut = AppManifest.Shortcut(callbackID: "x", name: "x", description: "x", isOnMessages: false)
            $0.shortcuts = [shortcut, shortcut]
        },
        Wrong("oauth_config.scopes.bot: there are 257, at most 255; switch off plugins") {
            $0.scopes = (0..<255).map { .init(name: "x:\($0)") }
        },
        Wrong(
            "settings.event_subscriptions.bot_events: there are 101, at most 100; switch off plugins that listen to events"
        ) { $0.events = (0..<101).map { "e\($0)" } },
        Wrong(
            "oauth_config.redirect_urls[0]: Slack needs an https:// address without a fragment; set PUBLIC_URL to the "
                + "address under which Slack reaches this host, or use Socket Mode"
        ) { $0.redirectURLs = ["https://bots.example.com/#x"] },
        Wrong(
            "settings.event_subscriptions.request_url: Slack needs an https:// address without a fragment; set PUBLIC_URL "
                + "to the address under which Slack reaches this host, or use Socket Mode"
        ) { $0.transport = .http(requestURL: "http://127.0.0.1:3000/slack/events") },
    ]

    @Test(arguments: wrongs)
    func `that Slack would refuse says where and what to do`(wrong: Wrong) {
        #expect(manifest(wrong.change).faults().map(\.description).contains(wrong.fault))
    }
}
