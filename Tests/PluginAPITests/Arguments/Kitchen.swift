@testable import PluginAPI

/// A plugin whose commands have arguments of every kind.
struct Kitchen: Plugin {
    static let manifest = Manifest("kitchen", "Food and drink for the office")

    var routes: [Route<Kitchen>] {
        Handle(Brew.self)
        Handle(Note.self)
        Handle(Serve.self)
    }
}

enum Urgency: String, CaseIterable, ArgumentValue {
    case high, low, whenever
}

struct Brew: Command {
    static let name = "brew", summary = "Order coffee for someone"
    @Argument("who drinks it") var who: String
    @Argument("how many cups") var cups = 1
    @Argument("what goes into it") var milk: String?
    @Named("how soon") var urgency: Urgency = .low
    @Named("what to write on the cup") var writeOn: String?
    @Flag("without asking") var force

    func run(_ context: Context<Kitchen>) async throws -> Reply { .nothing }
}

struct Note: Command {
    static let name = "note", summary = "Write something down"
    @Argument("on which page") var page: Int
    @Rest("what to write") var text: String
    @Named("how soon") var urgency: Urgency = .low
    @Flag("in red") var red

    func run(_ context: Context<Kitchen>) async throws -> Reply { .nothing }
}

struct Serve: Command {
    static let name = "serve", summary = "Bring it"
    @Argument("which dish") var dish: Dish
    @Named("at which table") var table: Int

    enum Dish: String, CaseIterable, ArgumentValue {
        case soup, bread
    }

    func run(_ context: Context<Kitchen>) async throws -> Reply { .nothing }
}

/// A command with its arguments filled in from what a person typed.
func typed<C: Command>(_ type: C.Type, _ words: String) throws -> C {
    let command = C()
    try ArgumentBinder(shape: shape(type)).bind(words, to: parameters(of: command))
    return command
}

func shape<C: Command>(_ type: C.Type) -> CommandShape {
    CommandShape(name: C.name, summary: C.summary, aliases: C.aliases, parameters: parameters(of: C()).map(\.shape))
}

/// What the person reads instead; `nil` where nothing is wrong with the words.
func mistake<C: Command>(_ type: C.Type, _ words: String) -> String? {
    do {
        _ = try typed(type, words)
        return nil
    } catch {
        return (error as? UsageError)?.sentence ?? "\(error)"
    }
}
