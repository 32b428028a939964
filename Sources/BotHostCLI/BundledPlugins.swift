import HelpPlugin
import IncidentsPlugin
import InsightsPlugin
import InvitePlugin
import OnCallPlugin
public import PluginAPI
import TriggerPlugin
import UnlinkPlugin

/// The plugins that this package ships.
public enum BundledPlugins {
    /// All of them, in the order in which people see them.
    public static let types: [any Plugin.Type] = [
        HelpPlugin.self,
        TriggerPlugin.self,
        OnCallPlugin.self,
        InvitePlugin.self,
        UnlinkPlugin.self,
        InsightsPlugin.self,
        IncidentsPlugin.self,
        // new-plugin: plugin
    ]

    package static let all: [RegisteredPlugin] = types.map { Bot.registered($0) }
}
