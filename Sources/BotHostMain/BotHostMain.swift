import BotHostCLI

/// The executable `bothost`: the command line, with the plugins that this package ships.
@main struct BotHostMain {
    static func main() async { await Bot.main() }
}
