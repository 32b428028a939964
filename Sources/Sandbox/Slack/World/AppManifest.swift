/// What Slack knows of the app: the manifest that was pasted into it.
///
/// - SeeAlso: https://docs.slack.dev/reference/app-manifest
struct AppManifest: Sendable {
    struct Command: Sendable {
        var command: String
        var url: String?
        var description: String
        var usageHint: String
        var shouldEscape: Bool
    }

    struct Shortcut: Sendable {
        var name: String
        var callbackID: String
        /// `global` or `message`.
        var type: String
    }

    var name = "BotHost"
    var commands: [Command] = []
    var shortcuts: [Shortcut] = []
    /// What it offers to workflows.
    var steps: [WorkflowStep] = []
    var scopes: [String] = []
    var redirectURLs: [String] = []
    var events: Set<String> = []
    var eventsURL: String?
    var interactivityURL: String?
    var optionsURL: String?
    var isInteractive = true
    /// Slack sends over sockets only.
    var isSocketMode = false
    var hasHome = true

    init() {}

    /// Reads a manifest; throws a sentence for whoever wrote it.
    init(json text: String) throws(ControlError) {
        guard let manifest = JSON.parse(text), manifest.object != nil else {
            throw ControlError("the manifest is not a JSON object")
        }
        guard let name = manifest["display_information"]?["name"]?.string, !name.isEmpty else {
            throw ControlError("display_information.name: missing")
        }
        self.name = manifest["features"]?["bot_user"]?["display_name"]?.string ?? name
        let features = manifest["features"]
        commands = (features?["slash_commands"]?.array ?? []).compactMap { entry in
            guard let command = entry["command"]?.string, command.utf8.first == UInt8(ascii: "/") else { return nil }
            return Command(
                command: command, url: entry["url"]?.string, description: entry["description"]?.string ?? "",
                usageHint: entry["usage_hint"]?.string ?? "", shouldEscape: entry["should_escape"]?.bool ?? false)
        }
        shortcuts = (features?["shortcuts"]?.array ?? []).compactMap { entry in
            guard let name = entry["name"]?.string, let callback = entry["callback_id"]?.string else { return nil }
            return Shortcut(name: name, callbackID: callback, type: entry["type"]?.string ?? "global")
        }
        hasHome = features?["app_home"]?["home_tab_enabled"]?.bool ?? false
        scopes = (manifest["oauth_config"]?["scopes"]?["bot"]?.array ?? []).compactMap(\.string)
        redirectURLs = (manifest["oauth_config"]?["redirect_urls"]?.array ?? []).compactMap(\.string)
        let settings = manifest["settings"]
        events = Set((settings?["event_subscriptions"]?["bot_events"]?.array ?? []).compactMap(\.string))
        eventsURL = settings?["event_subscriptions"]?["request_url"]?.string
        steps = (manifest["functions"]?.object ?? [:]).compactMap { WorkflowStep($0.key, $0.value) }
            .sorted { $0.title < $1.title }
        isSocketMode = settings?["socket_mode_enabled"]?.bool ?? false
        isInteractive = settings?["interactivity"]?["is_enabled"]?.bool ?? false
        interactivityURL = settings?["interactivity"]?["request_url"]?.string
        optionsURL = settings?["interactivity"]?["message_menu_options_url"]?.string
    }
}
