package import PluginAPI

/// What can I do here? The commands that are on, for this person in this channel.
package struct HelpPlugin: Plugin {
    package static let manifest = Manifest("help", "Find your way")

    package init() {}

    package var routes: [Route<HelpPlugin>] {
        Handle(Help.self)
    }
}
