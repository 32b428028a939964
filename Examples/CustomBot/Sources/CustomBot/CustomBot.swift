import BotHostCLI
import LunchPlugin

/// The whole command line of `bothost`, with plugins of our own beside the bundled ones.
@main struct CustomBot {
    static func main() async {
        await Bot.main(
            plugins: BundledPlugins.types + [
                LunchPlugin.self
                    // new-plugin: plugin
            ])
    }
}
