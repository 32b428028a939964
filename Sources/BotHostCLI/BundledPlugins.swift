import HelpPlugin
import IncidentsPlugin
import InsightsPlugin
import InvitePlugin
import OnCallPlugin
package import PluginAPI
import TriggerPlugin
import UnlinkPlugin

/// The plugins that are compiled in, in the order in which people see them.
package enum BundledPlugins {
    package static let all: [RegisteredPlugin] = [
        RegisteredPlugin(HelpPlugin.self),
        RegisteredPlugin(TriggerPlugin.self),
        RegisteredPlugin(OnCallPlugin.self),
        RegisteredPlugin(InvitePlugin.self),
        RegisteredPlugin(UnlinkPlugin.self),
        RegisteredPlugin(InsightsPlugin.self),
        RegisteredPlugin(IncidentsPlugin.self),
    ]
}
