import PluginAPI

/// The plugin of README.md, so that it compiles.
enum ReadMe {
    struct Coffee: Plugin {
        static let manifest = Manifest("coffee", "Brew requests for the office", scopes: ["chat:write"])
        var routes: [Route<Coffee>] { Handle(Brew.self) }
    }

    struct Brew: Command {
        static let name = "brew", summary = "Order coffee for someone"
        @Argument("who drinks it") var who: UserRef
        @Argument("how many cups") var cups = 1

        func run(_ context: Context<Coffee>) async throws -> Reply {
            .inChannel("Ordered \(cups) for \(who.mention)")
        }
    }
}
