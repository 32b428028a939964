import PluginAPI

/// `/pd lunch`: asks everybody in the channel where to eat.
package struct LunchPlugin: Plugin {
    package static let manifest = Manifest("lunch", "Decide where to eat", scopes: ["chat:write"])

    package init() {}

    package var routes: [Route<LunchPlugin>] {
        Handle(Lunch.self)
        OnAction("join") { action, _ in .inChannel("\(action.person.mention) comes along.") }
    }
}

struct Lunch: Command {
    static let name = "lunch", summary = "Ask who comes along for lunch"
    @Argument("where to") var place: String
    @Argument("in how long") var time = Duration.seconds(600)

    func run(_ context: Context<LunchPlugin>) async throws -> Reply {
        let minutes = time.components.seconds / 60
        return .inChannel(
            Message("Lunch at \(place) in \(minutes) minutes") {
                Block.section("Lunch at *\(place)* in \(minutes) minutes. Who comes along?")
                Block.actions([.button("I do", action: "join")])
            })
    }
}
