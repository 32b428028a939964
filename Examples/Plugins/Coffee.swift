import FoundationEssentials
import PluginAPI

/// The plugin of docs/WritingAPlugin.md: every block of that page is taken from here or from its test.
struct Coffee: Plugin {
    static let manifest = Manifest("coffee", "Brew requests for the office", scopes: ["chat:write"])

    struct Settings: PluginSettings {
        var most = 5
        var kitchen = "C0KITCHEN"
    }

    var routes: [Route<Coffee>] {
        Handle(Brew.self)
        Handle(Descale.self)
        OnShortcut(Brew.self, named: "Order coffee")
        OnAction("done") { action, context in
            try await context.store.delete("order/\(action.value.string ?? "")")
            return .update("Done by \(action.person.mention).")
        }
        OnAction("complain") { action, _ in .modal(Complaint.form(about: action.value.string ?? "")) }
        OnSubmit("complaint") { submission, context in
            guard let text = submission.fields.string("text"), text.count >= 10 else {
                return .error(at: "text", "Say a little more.")
            }
            try await context.audit("coffee.complaint", submission.view.privateMetadata)
            return .close(telling: "Thank you. We will do better.")
        }
        Perform(PostOrder.self)
        Every(.seconds(86_400), "clean") { context in
            try await context.messages.show("Clean the machine, please.", as: "clean", in: context.settings.kitchen)
        }
    }
}

struct Brew: Command {
    static let name = "brew", summary = "Order coffee for someone"
    @Argument("who drinks it") var who: UserRef
    @Argument("how many cups") var cups = 1
    @Named("how large") var size = Size.small

    enum Size: String, CaseIterable, ArgumentValue { case small, large }

    func run(_ context: Context<Coffee>) async throws -> Reply {
        let most = context.settings.most
        guard cups <= most else { throw UsageError("At most \(most) cups", at: "cups") }
        let order = Order(who: who, cups: cups, size: size.rawValue)
        try await context.store.put(order, at: "order/\(who.id)", expires: context.now.addingTimeInterval(3_600))
        return .inChannel(order.message).then(PostOrder(order: order))
    }
}

struct Order: Codable, Sendable {
    var who: UserRef
    var cups: Int
    var size: String

    var message: Message {
        Message("Ordered \(cups) \(size) for \(who.mention)") {
            Block.section("Ordered *\(cups)* \(size) for \(who.mention)")
            Block.actions([
                .button("Done", action: "done", value: who.id, style: .primary),
                .button("Complain", action: "complain", value: who.id),
            ])
        }
    }
}

struct PostOrder: Job {
    static let kind = "coffee.post-order"
    var order: Order

    func run(_ context: Context<Coffee>) async throws {
        try await context.messages.show(order.message, as: "order/\(order.who.id)", in: context.settings.kitchen)
    }
}

enum Complaint {
    static func form(about order: String) -> View {
        .modal("Complain", submit: "Send", id: "complaint", privateMetadata: order) {
            Block.input("What is wrong?", .textInput(action: "text", multiline: true))
        }
    }
}

struct Descale: Command {
    static let name = "descale", summary = "Descale the machine, which takes an hour"

    var confirmation: Confirmation? {
        Confirmation("Descale", "Nobody gets coffee for an hour. Begin now?", yes: "Begin")
    }

    func run(_ context: Context<Coffee>) async throws -> Reply { .inChannel("No coffee for an hour.") }
}
