import PluginAPI
import SlackKit
import Testing

@Suite struct ManifestDifferenceTests {
    private let wanted = AppManifest(
        name: "BotHost", description: "d", transport: .http(requestURL: "https://bot.example/slack/events"),
        commands: [AppManifest.Command(slash: "/pd", description: "Everything", usageHint: "[help]")],
        scopes: [AppManifest.ScopeRequest(name: "pins:write")], events: ["app_mention"],
        redirectURLs: ["https://bot.example/slack/oauth_redirect"])

    private var json: JSONValue { (try? JSONValue(decoding: wanted.json)) ?? .null }

    @Test("An app that is as it should be has no differences, whatever else its owner has set")
    func same() {
        var app = json
        app.set(["display_information", "background_color"], to: "#123456")
        app.set(["oauth_config", "scopes", "user"], to: ["chat:write"])
        #expect(ManifestDifference.between(app: app, wanted: json).isEmpty)
    }

    @Test("A missing scope, an old address, and a command that nobody answers are named with what to do")
    func differences() {
        var app = json
        app.set(["oauth_config", "scopes", "bot"], to: ["commands", "app_mentions:read", "files:write"])
        app.set(["settings", "interactivity", "request_url"], to: "https://old.example/slack/events")
        app.set(
            ["features", "slash_commands"],
            to: [
                ["command": "/old", "description": "x"],
                [
                    "command": "/pd", "url": "https://bot.example/slack/events", "description": "Everything",
                    "usage_hint": "[help]", "should_escape": false,
                ],
            ])
        let lines = ManifestDifference.between(app: app, wanted: json).map(\.description)
        #expect(
            lines == [
                "~ features.slash_commands[/pd].should_escape: false → true", "- features.slash_commands: /old",
                "+ oauth_config.scopes.bot: pins:write", "- oauth_config.scopes.bot: files:write",
                "~ settings.interactivity.request_url: https://old.example/slack/events → "
                    + "https://bot.example/slack/events",
            ])
    }

    @Test("Lists that are not wanted at all are seen too")
    func lists() {
        var app = json
        app.set(["features", "shortcuts"], to: [["callback_id": "x", "name": "X", "type": "global"]])
        #expect(
            ManifestDifference.between(app: app, wanted: json).map(\.description) == ["- features.shortcuts: x"])
        let quiet = AppManifest(name: "BotHost", description: "d", transport: .socketMode)
        let bare = (try? JSONValue(decoding: quiet.json)) ?? .null
        let lines = ManifestDifference.between(app: json, wanted: bare).map(\.description)
        #expect(lines.contains("- features.slash_commands: /pd"))
        #expect(lines.contains("- settings.event_subscriptions.bot_events: app_mention"))
        #expect(lines.contains("~ settings.socket_mode_enabled: false → true"))
    }

    @Test(
        "What is no manifest lacks everything", arguments: [JSONValue.null, .array([]), .string("x"), ["features": 7]])
    func odd(app: JSONValue) {
        #expect(ManifestDifference.between(app: app, wanted: json).count >= 5)
    }
}
