import PluginAPI
import Testing

@testable import BotHost

/// One owner for each path.
@Suite struct WebDirectoryTests {
    private func plugin(_ id: String, prefixes: [String] = [], _ paths: String..., limit: Int = 10) -> RegisteredPlugin
    {
        RegisteredPlugin(
            manifest: Manifest(id, "", webPrefixes: prefixes),
            routes: paths.map { path in
                .web(WebEndpoint(method: .get, path: path, authorization: .none, bodyLimit: limit)) { _, _ in
                    .noContent
                }
            })
    }

    private struct Hooks: DeliverySource {
        let id = "hooks.v1"
        let path = "/hooks/v1"
        let bodyLimit = 10
        func isGenuine(_ request: RawDelivery, secrets: [String]) -> Bool { false }
        func read(_ body: [UInt8]) -> DeliveryContent { .events([]) }
    }

    private func problems(_ plugins: RegisteredPlugin...) -> [String] {
        do {
            _ = try RouteTable(plugins, sources: [Hooks()])
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `two plugins that claim one prefix are both named`() {
        #expect(
            problems(plugin("coffee", prefixes: ["/api"]), plugin("tea", prefixes: ["/api"])) == [
                "web prefix /api is claimed by both coffee and tea: rename one, or compile in only one of them"
            ])
        #expect(
            problems(plugin("coffee", prefixes: ["/hooks"]))
                == ["web prefix /hooks is claimed by both coffee and the webhooks of hooks.v1: rename one"])
    }

    @Test func `one path is declared once, whatever its names in braces`() {
        #expect(
            problems(plugin("coffee", "cups/{id}", "cups/{cup}"))
                == ["web route GET cups/{} of coffee is declared twice by coffee"])
        #expect(problems(plugin("coffee", "cups/{id}", "cups/all"), plugin("tea", "cups/{id}")).isEmpty)
    }

    @Test(arguments: ["", "api", "/", "/a/b", "/Api", "/1", "/a_b"])
    func `a prefix is a slash and a word`(prefix: String) {
        #expect(problems(plugin("coffee", prefixes: [prefix])).first?.contains("a slash and one word") == true)
    }

    @Test(arguments: ["/slack", "/plugins", "/healthz", "/link"])
    func `the host's own paths are its own`(prefix: String) {
        #expect(
            problems(plugin("coffee", prefixes: [prefix]))
                == ["coffee: web prefix “\(prefix)” belongs to the host; choose another"])
    }

    @Test func `paths and limits are within reason`() {
        #expect(problems(plugin("coffee", "")) == ["coffee: web route GET : a path has 1–10 components"])
        #expect(problems(plugin("coffee", "a/{x}/{x}")).count == 1)
        #expect(problems(plugin("coffee", "a b")).count == 1)
        #expect(problems(plugin("coffee", "a", limit: 2_000_000)).count == 1)
    }

    @Test func `a word goes before a name in braces`() throws {
        let table = try RouteTable([plugin("coffee", "cups/{id}", "cups/all", "{what}/all")])
        func found(_ path: String...) -> String? {
            guard case .route(let entry, _, _) = table.web.find(.get, ["plugins", "coffee"] + path) else { return nil }
            return entry.endpoint.pathLine
        }
        #expect(found("cups", "all") == "cups/all")
        #expect(found("cups", "7") == "cups/{id}")
        #expect(found("pots", "all") == "{what}/all")
        #expect(found("pots", "7") == nil)
    }

    @Test(arguments: [
        ("/a/%zz", ""), ("/a/%", ""), ("/a%00", ""), ("/a", "x=%0d"), ("/a", "%ff=1"),
        (String(repeating: "/a", count: 21), ""), ("/a", String(repeating: "x&", count: 101)),
    ])
    func `a line that no client means is refused`(path: String, query: String) {
        #expect(RequestLine(path: path, query: query) == nil)
    }

    @Test func `a line is taken apart before it is decoded`() throws {
        let line = try #require(RequestLine(path: "//a%2Fb/c+d/", query: "x=1+2&y&z=a%3Db%26c&&"))
        #expect(line.path == ["a/b", "c+d"])
        #expect(line.query.map(\.name) == ["x", "y", "z"])
        #expect(line.query.map(\.value) == ["1 2", "", "a=b&c"])
    }
}
