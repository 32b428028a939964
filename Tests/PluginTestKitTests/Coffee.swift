import PluginAPI

/// The plugin of these tests: a command with a form, a button, a job, a menu, a schedule, and settings.
struct Coffee: Plugin {
    struct Settings: PluginSettings {
        var most = 5
        var board = "C0BOARD"
    }

    static let manifest = Manifest(
        "coffee", "Brew requests for the office", scopes: ["chat:write", "users:read"], accounts: ["shop"],
        hosts: ["beans.example.com"])

    var routes: [Route<Coffee>] {
        Handle(Brew.self)
        Handle(Roast.self)
        Handle(Stock.self)
        Handle(Menu.self)
        OnShortcut(Brew.self, named: "Order coffee")
        OnAction("done") { action, _ in .update("Done by \(action.person.mention)") }
        OnAction("size") { action, _ in .ephemeral("You chose \(action.value.string ?? "nothing").") }
        OnAction("note") { _, _ in .modal(NoteForm().view) }
        OnSubmit("note") { submission, context in
            let text = submission.fields.string("text") ?? ""
            guard text.utf16.count <= 20 else { return .error(at: "text", "Twenty characters at most.") }
            try await context.store.put(text, at: "note")
            return .close(telling: "Noted “\(text)” about \(submission.fields.string("bean") ?? "nothing").")
        }
        OnOptions("bean") { query, _ in
            .options(
                ["Arabica", "Robusta"].filter { $0.lowercased().contains(query.typed.lowercased()) }.map {
                    Option($0, value: $0.lowercased())
                })
        }
        OnEvent("member_joined_channel") { event, context in
            guard let user = event.payload["user"].string else { return }
            try await context.slack.post("Coffee, \(Mention.user(user))?", to: context.settings.board)
        }
        Perform(PostOrder.self)
        Every(.seconds(3_600), "clean") { context in
            try await context.messages.show("Clean the machine.", as: "clean", in: context.settings.board)
        }
    }
}

struct Brew: Command {
    enum Size: String, CaseIterable, ArgumentValue { case small, large }

    static let name = "brew", summary = "Order coffee for someone"
    @Argument("who drinks it") var who: UserRef
    @Argument("how many cups") var cups = 1
    @Named("how large") var size = Size.small
    @Flag("without waiting for others") var now

    func run(_ context: Context<Coffee>) async throws -> Reply {
        let most = context.settings.most
        guard cups <= most else { throw UsageError("\(most) cups at most", at: "cups") }
        let order = Message("Ordered \(cups) \(size.rawValue) for \(who.mention)") {
            Block.section("Ordered \(cups) \(size.rawValue) for \(who.mention)\(now ? ", now" : "")")
            Block.actions([
                .button("Done", action: "done"), .button("Note", action: "note"),
                .select(
                    .options([Option("Small", value: "s"), Option("Large", value: "l")]), action: "size",
                    placeholder: "Size"),
            ])
        }
        return .inChannel(order).then(PostOrder(who: who, cups: cups), after: .seconds(60))
    }
}

struct Roast: Command {
    static let name = "roast", summary = "Roast beans, which everybody smells"
    @Argument("how much") var amount: Int

    var confirmation: Confirmation? {
        amount > 1
            ? Confirmation("Roast", "That is \(amount) kilos. The whole house will smell it.", yes: "Roast") : nil
    }

    func run(_ context: Context<Coffee>) async throws -> Reply { .inChannel("Roasting \(amount).") }
}

struct Stock: Command {
    static let name = "stock", summary = "Say what the shop has"

    func run(_ context: Context<Coffee>) async throws -> Reply {
        let answer = try await context.account("shop").read(HTTPRequest("GET", "/beans"))
        let bags = try JSONValue(decoding: answer.body)["bags"].int ?? 0
        return .ephemeral("\(bags) bags.")
    }
}

struct Menu: Command {
    static let name = "menu", summary = "Read the list of beans"

    func run(_ context: Context<Coffee>) async throws -> Reply {
        let answer = try await context.http.send(HTTPRequest("GET", "https://beans.example.com/list"))
        return .ephemeral("The list has \(answer.body.count) bytes.")
    }
}

struct PostOrder: Job {
    static let kind = "coffee.post-order"
    var who: UserRef
    var cups: Int

    func run(_ context: Context<Coffee>) async throws {
        try await context.messages.show(
            "☕️ × \(cups) for \(who.mention)", as: "order/\(who.id)", in: context.settings.board)
    }
}

struct NoteForm {
    var view: View {
        .modal("Note", submit: "Save", id: "note") {
            Block.input("Text", .textInput(action: "text"))
            Block.input("Bean", .select(.external(minQueryLength: 0), action: "bean"), optional: true)
        }
    }
}
