@testable import PluginAPI
import Testing

@testable import BotHost

@Suite struct RouteTableTests {
    /// A plugin by its parts: what two of them clash over is what these tests are about.
    private func plugin(_ id: String, scopes: [Scope] = [], _ routes: RegisteredRoute...) -> RegisteredPlugin {
        RegisteredPlugin(manifest: Manifest(id, "", scopes: scopes), routes: routes)
    }

    private func command(
        _ name: String, aliases: [String] = [], as slash: String? = nil, _ parameters: ParameterShape...
    ) -> RegisteredRoute {
        .command(CommandShape(name: name, summary: "", aliases: aliases, parameters: parameters), slash: slash) {
            _, _ in .nothing
        }
    }

    private func action(_ id: String) -> RegisteredRoute { .action(id: id) { _, _ in .nothing } }

    private func problems(_ plugins: RegisteredPlugin...) -> [String] {
        do {
            _ = try RouteTable(plugins)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `two plugins that answer the same word are both named`() {
        #expect(
            problems(plugin("coffee", command("brew")), plugin("tea", command("brew"))) == [
                "command “brew” is claimed by both coffee and tea: rename one, or compile in only one of them"
            ])
    }

    @Test func `a schedule that is no time is said at the start`() {
        let monthly = RegisteredRoute.schedule(id: "report", .cron("0 9 31 2 *", in: "UTC")) { _ in }
        #expect(
            problems(plugin("coffee", monthly)) == [
                "coffee: schedule “report”: “0 9 31 2 *” is no time: there is no such day in these months"
            ])
    }

    @Test func `an alias clashes like a name`() {
        #expect(
            problems(plugin("coffee", command("brew", aliases: ["b"])), plugin("tea", command("b"))) == [
                "command “b” is claimed by both coffee and tea: rename one, or compile in only one of them"
            ])
    }

    @Test func `two plugins cannot have the same slash command`() {
        #expect(
            problems(plugin("coffee", command("x", as: "/brew")), plugin("tea", command("y", as: "/brew"))) == [
                "slash command /brew is claimed by both coffee and tea: rename one, or compile in only one of them"
            ])
    }

    @Test func `two plugins cannot perform the same kind of job`() {
        let job = RegisteredRoute.job(kind: "post") { _, _ in }
        #expect(
            problems(plugin("coffee", job), plugin("tea", job)) == [
                "job kind “post” is claimed by both coffee and tea: rename one, or compile in only one of them"
            ])
    }

    @Test func `the same id in two plugins is no clash, in one plugin it is`() {
        #expect(problems(plugin("coffee", action("done")), plugin("tea", action("done"))).isEmpty)
        #expect(
            problems(plugin("coffee", action("done"), action("done")))
                == ["action “done” of coffee is declared twice by coffee"])
    }

    @Test func `words and ids of the host are not a plugin's`() {
        #expect(
            problems(plugin("coffee", command("help")))
                == ["coffee: the command “help” is reserved for the plugin “help”; choose another word"])
        #expect(problems(plugin("help", command("help"))).isEmpty)
        #expect(problems(plugin("host")) == ["plugin “host”: this id belongs to the host; choose another"])
        #expect(
            problems(plugin("coffee", .job(kind: "host.event") { _, _ in }))
                == ["coffee: job kind “host.event”: kinds that begin with “host.” belong to the host"])
    }

    @Test(arguments: [
        "", "Coffee", "cof fee", "1coffee", "-x", "cafe\u{301}", "a:b", String(repeating: "a", count: 33),
    ])
    func `a plugin's id is a plain word`(id: String) {
        #expect(
            problems(plugin(id)).first
                == "plugin “\(id)”: an id is 1–32 lower-case letters, digits and dashes, starting with a letter")
    }

    @Test(arguments: ["", "Brew", "br ew", "\u{212A}", String(repeating: "b", count: 25)])
    func `a command's name is a plain word`(name: String) {
        #expect(
            problems(plugin("coffee", command(name))).first
                == "coffee: command “\(name)”: 1–24 lower-case letters, digits and dashes, starting with a letter")
    }

    @Test(arguments: ["", "Tea", "two words", "é"])
    func `an alias can be typed`(alias: String) {
        #expect(
            problems(plugin("coffee", command("brew", aliases: [alias]))).first
                == "coffee: command “brew”: alias “\(alias)”: 1–24 characters that can be seen, none a capital")
        #expect(problems(plugin("coffee", command("brew", aliases: ["?"]))).isEmpty)
    }

    @Test(arguments: ["brew", "/", "/Brew", "/br ew", "/" + String(repeating: "b", count: 32)])
    func `a slash command is one`(slash: String) {
        #expect(
            problems(plugin("coffee", command("brew", as: slash))).first
                == "coffee: “\(slash)” is no slash command: 2–32 lower-case letters, digits, - and _ after a /")
    }

    @Test func `a scope looks like one`() {
        #expect(
            problems(plugin("coffee", scopes: ["Chat Write"]))
                == ["plugin “coffee”: “Chat Write” is no Slack scope; one looks like chat:write"])
    }

    @Test func `ids and names have Slack's lengths`() {
        let long = String(repeating: "x", count: 201)
        #expect(problems(plugin("coffee", action(long))).first == "coffee: action “\(long)”: an id has 1–200 bytes")
        let shortcut = Shortcut(
            id: "quick", name: String(repeating: "n", count: 25), description: "", surface: .composer)
        #expect(
            problems(plugin("coffee", .shortcut(shortcut) { _, _ in .nothing }))
                == ["coffee: shortcut “quick”: its name must have 1–24 characters"])
    }

    @Test func `everything that is wrong is said at once`() {
        #expect(problems(plugin("host", command("help"), command("Brew"))).count == 3)
    }

    @Test func `the longest beginning of an action's id wins, and a whole id before all`() async throws {
        let answers = Mutexed([String]())
        func note(_ id: String) -> RegisteredRoute {
            .action(id: id) { _, _ in
                answers.append(id)
                return .nothing
            }
        }
        let table = try RouteTable([plugin("coffee", note("a*"), note("a/b*"), note("a/b/c"), note("*"))])
        let handlers = try #require(table.handlers["coffee"])
        let core = ContextCore(
            pluginID: "coffee", workspace: .acme, person: nil, channel: nil, traceID: "t", services: NoServices())
        for id in ["a/b/c", "a/b/d", "a/x", "z", "a/b"] {
            let handler = try #require(handlers.action(id))
            let action = ActionRequest(id: id, blockID: "", value: .none, person: .ann)
            _ = try await handler(action, (core, NoSettings()))
        }
        #expect(answers.values == ["a/b/c", "a/b*", "a*", "*", "a/b*"])
    }

    @Test func `sub-commands stand once each, in the order of the plugins`() throws {
        let table = try RouteTable([
            plugin("tea", command("steep", aliases: ["s"])), plugin("coffee", command("grind"), command("brew")),
        ])
        #expect(table.subcommands.map(\.shape.name) == ["steep", "brew", "grind"])
        #expect(table.words["s"]?.shape.name == "steep")
    }

    @Test func `nothing follows an argument that takes the rest of the line`() {
        func parameter(_ name: String, _ style: ParameterShape.Style) -> ParameterShape {
            ParameterShape(
                name: name, help: "", style: style, placeholder: "text", isRequired: true, field: .text, initial: nil)
        }
        #expect(
            problems(plugin("coffee", command("brew", parameter("a", .rest), parameter("b", .positional))))
                == ["coffee: command “brew”: nothing can follow an argument that takes the rest of the line"])
        #expect(problems(plugin("coffee", command("brew", parameter("a", .rest), parameter("b", .named)))).isEmpty)
        #expect(
            problems(plugin("coffee", command("brew", parameter("a", .named), parameter("a", .flag))))
                == ["coffee: command “brew”: two arguments are called “a”"])
    }
}
