/// A plugin: one module's worth of commands, buttons, forms, jobs and schedules, compiled into the host.
///
/// A plugin is a value without state of its own. What it must remember goes through ``Context/store``; what it shows
/// goes through the ``Reply`` it returns or ``Context/messages``. The host creates one instance at the start and calls
/// its handlers from many tasks at once.
///
/// ```swift
/// struct Coffee: Plugin {
///     static let manifest = Manifest("coffee", "Brew requests for the office", scopes: ["chat:write"])
///     var routes: [Route<Coffee>] {
///         Handle(Brew.self)
///         OnAction("done") { action, context in .update("Done by \(action.person.mention)") }
///     }
/// }
/// ```
public protocol Plugin: Sendable {
    /// The plugin's part of `plugins.json`, typed; ``NoSettings`` where it has none.
    associatedtype Settings: PluginSettings = NoSettings

    /// What the plugin is called, what it is for, and what it needs from Slack.
    static var manifest: Manifest { get }

    /// Everything the plugin answers to. Read once, at the start of the host.
    @RouteBuilder<Self> var routes: [Route<Self>] { get }

    /// Makes the plugin; called once, at the start of the host.
    init()
}
