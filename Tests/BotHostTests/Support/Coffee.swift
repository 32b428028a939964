import PluginAPI

/// The plugin of these tests: one handler of every kind, whose outcome a test chooses by what it types.
struct Coffee: Plugin {
    struct Settings: PluginSettings {
        var channel = "C0COFFEE"
        var limit = 5
        var places: [String: [Int]] = [:]
    }

    static let manifest = Manifest(
        "coffee", "Brew requests for the office", scopes: ["chat:write"], accounts: ["pager"])

    var routes: [Route<Coffee>] {
        Handle(Brew.self)
        Handle(Slow.self)
        Handle(Break.self)
        Handle(Ask.self)
        Handle(Page.self)
        Handle(Shout.self, as: "/shout")
        Perform(PostOrder.self)
        OnAction("done") { action, _ in .update("Done by \(action.person.mention)") }
        OnAction("slow/*") { action, _ in
            await Gate.named(action.value.string ?? "").pass()
            return .ephemeral("Late but here: \(action.id)")
        }
        OnAction("refuse") { _, _ in throw Refusal("Not on a Sunday.") }
        OnAction("more") { action, _ in
            .update(Coffee.form("more", title: "More", metadata: action.view?.privateMetadata))
        }
        OnSubmit("order") { submission, _ in try await Coffee.submit(submission) }
        OnClose("order") { closed, context in
            try await context.slack.post("Closed by \(closed.person.id): \(closed.view.privateMetadata)", to: "C0LOG")
        }
        OnOptions("beans") { query, _ in .options([Option(query.typed, value: "v")]) }
        OnShortcut("quick", named: "Coffee", "Order at once") { _, _ in .modal(Coffee.form("order")) }
        OnEvent("member_joined_channel") { event, context in
            try await context.slack.post("Welcome \(event.payload["user"].string ?? "")", to: "C0LOG")
        }
        Every(.seconds(3_600), "hourly") { context in try await context.slack.post("An hour has passed", to: "C0LOG") }
    }

    static func form(_ id: String, title: String = "Coffee", metadata: String? = nil) -> View {
        .modal(title, submit: "Order", id: id, privateMetadata: metadata ?? "kept") {
            Block.input("Beans", .textInput(action: "beans"))
            Block.input("Cups", .textInput(action: "cups"))
        }
    }

    private static func submit(_ submission: Submission) async throws -> FormReply {
        let beans = submission.fields.string("beans") ?? ""
        switch beans {
        case "none": return .error(at: "beans", "There are none left.")
        case "nowhere": return .error(at: "elsewhere", "Something else is wrong.")
        case "refuse": throw Refusal("The machine is broken.")
        case "break": throw Coffee.Broken()
        case "next": return .push(form("order", title: "Next"))
        case "clear": return .clear
        case "load": return .closing(with: .modal(loading: "Loading") { form("order", title: "Loaded") })
        case "link": throw AccountError.notLinked(provider: "pager")
        case let gate where gate.hasPrefix("gate"):
            await Gate.named(gate).pass()
            return .close(telling: "Brewed at last.")
        default:
            return .close(telling: "Ordered \(beans), metadata \(submission.view.privateMetadata).").then(
                PostOrder(what: beans))
        }
    }

    struct Broken: Error {
        let secret = "xoxb-this-must-never-be-shown"
    }
}

struct Brew: Command {
    static let name = "brew", summary = "Order coffee for someone"
    static let aliases = ["b"]
    @Argument("who drinks it") var who: UserRef
    @Argument("how many cups") var cups = 1

    func run(_ context: Context<Coffee>) async throws -> Reply {
        guard cups <= context.settings.limit else { throw UsageError("\(context.settings.limit) cups at most") }
        return .ephemeral("Ordered \(cups) for \(who.mention)").then(PostOrder(what: "\(cups) for \(who.id)"))
    }
}

struct Slow: Command {
    static let name = "slow", summary = "Wait for a gate"
    @Argument("which gate") var gate: String
    @Argument("what comes then") var then = "ephemeral"

    func run(_ context: Context<Coffee>) async throws -> Reply {
        await Gate.named(gate).pass()
        return switch then {
        case "form": .modal(Coffee.form("order"))
        case "channel": .inChannel("Here at last")
        case "break": throw Coffee.Broken()
        default: .ephemeral("Here at last")
        }
    }
}

struct Break: Command {
    static let name = "break", summary = "Fail in one way or another"
    @Argument("how") var how = "badly"

    func run(_ context: Context<Coffee>) async throws -> Reply {
        switch how {
        case "politely": throw Refusal("Not today.")
        case "slack": throw SlackError(code: "channel_not_found")
        case "http": throw HTTPFault.timeout
        case "store": throw StoreFault.unavailable
        default: throw Coffee.Broken()
        }
    }
}

struct Ask: Command {
    static let name = "ask", summary = "Open a form"
    @Argument("how") var how = "at-once"

    func run(_ context: Context<Coffee>) async throws -> Reply {
        guard how != "at-once" else { return .modal(Coffee.form("order")) }
        let gate = how
        return .modal(loading: "Coffee") {
            await Gate.named(gate).pass()
            if gate.hasPrefix("gate-refuse") { throw Refusal("No beans today.") }
            if gate.hasPrefix("gate-break") { throw Coffee.Broken() }
            return Coffee.form("order")
        }
    }
}

struct Page: Command {
    static let name = "page", summary = "Act on the other service"
    @Rest("what for") var why: String

    func run(_ context: Context<Coffee>) async throws -> Reply {
        guard let person = context.person else { return .nothing }
        let answer = try await context.account("pager").send(HTTPRequest("POST", "/page"), as: person)
        return .ephemeral("Paged for \(why): \(answer.status)")
    }
}

struct Shout: Command {
    static let name = "shout", summary = "Tell everybody"
    @Rest("what") var what: String

    func run(_ context: Context<Coffee>) async throws -> Reply { .inChannel("\(what)") }
}

struct PostOrder: Job {
    static let kind = "coffee.post-order"
    var what: String

    func run(_ context: Context<Coffee>) async throws {
        try await context.slack.post("Order: \(what)", to: context.settings.channel)
    }
}

/// What the host needs to show help.
struct HelpStub: Plugin {
    static let manifest = Manifest("help", "What you can do here")
    var routes: [Route<HelpStub>] { Handle(HelpCommand.self) }
}

struct HelpCommand: Command {
    static let name = "help", summary = "Show what you can do here"
    func run(_ context: Context<HelpStub>) async throws -> Reply {
        let lines = await context.commands.permitted().flatMap(\.commands).map(\.line)
        return .ephemeral("\(lines.joined(separator: ", "))")
    }
}

/// A second plugin, to be on and off and in the way.
struct Tea: Plugin {
    static let manifest = Manifest("tea", "Brew other requests", webPrefixes: [webPrefix])
    var routes: [Route<Tea>] {
        webRoutes
        Handle(Steep.self)
        OnEvent("member_joined_channel") { _, _ in }
    }
}

struct Steep: Command {
    static let name = "steep", summary = "Make tea"
    func run(_ context: Context<Tea>) async throws -> Reply { .ephemeral("Tea for you.") }
}

/// A service with accounts, at an address on this machine.
struct PagerProvider: AccountProvider {
    let id = "pager"
    let name = "Pager"
    var baseURL: String
    let tokenHelp = TokenHelp(steps: "Look under your profile.", placeholder: "u+…")
    let notConnected = "No Pager account is connected."

    func isRead(_ request: HTTPRequest) -> Bool { request.method == "GET" }
    func authorize(_ request: inout HTTPRequest, with credential: String) {
        request.headers.append(("Authorization", "Token \(credential)"))
    }
    func identify(
        token: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse,
        read: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> LinkedAccount {
        let answer = try await send(HTTPRequest("GET", "/me"))
        guard answer.status == 200 else { throw Refusal("Pager does not know this token.") }
        let user = try JSONValue(decoding: answer.body)
        return LinkedAccount(
            userID: user["id"].string ?? "", name: user["name"].string ?? "", email: user["email"].string ?? "")
    }
    func describeAccount(read: @Sendable (HTTPRequest) async throws -> HTTPResponse) async throws -> MappedAccount {
        MappedAccount(id: "P0ACCOUNT", name: "acme")
    }
    func revoke(token: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse) async throws -> Bool {
        false
    }
}
