import ArgumentParser
public import PluginAPI

/// A bot as an executable of its own: the whole command line of `bothost`, with the plugins that you say.
///
/// ```swift
/// @main struct CustomBot {
///     static func main() async { await Bot.main(plugins: BundledPlugins.types + [LunchPlugin.self]) }
/// }
/// ```
public enum Bot {
    /// The plugins that this executable was made with.
    @TaskLocal package static var plugins: [RegisteredPlugin] = BundledPlugins.all

    /// Runs what the arguments of the process say: `serve`, `sandbox`, `check` and all the others. Ends the process.
    /// - Parameter plugins: The plugins that are compiled in, in the order in which people see them.
    public static func main(plugins: [any Plugin.Type] = BundledPlugins.types) async {
        await $plugins.withValue(plugins.map { registered($0) }) { await BotHostCommand.main() }
    }

    static func registered<P: Plugin>(_ plugin: P.Type) -> RegisteredPlugin { RegisteredPlugin(plugin) }
}
