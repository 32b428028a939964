import PluginAPI

/// A plugin with settings, for tests of what the host decides about plugins.
struct CoffeePlugin: Plugin {
    struct Settings: PluginSettings {
        var cups = 1
        var beans = "arabica"
    }

    static let manifest = Manifest("coffee", "Brew requests for the office")

    var routes: [Route<CoffeePlugin>] { Handle(Brew.self) }

    struct Brew: Command {
        static let name = "brew"
        static let summary = "Order coffee"

        func run(_ context: Context<CoffeePlugin>) async throws -> Reply { .ephemeral("Ordered") }
    }

    static let registered = [RegisteredPlugin(CoffeePlugin.self)]
}
