import PluginAPI
import Testing

@Suite struct `A method of the Web API` {
    @Test(arguments: [
        ("chat.postMessage", 60, WebAPIMethod.Repetition.inDoubt), ("chat.update", 50, .safe),
        ("conversations.history", 50, .safe), ("users.info", 100, .safe), ("users.list", 20, .safe),
        ("apps.connections.open", 1, .safe), ("auth.test", 600, .safe), ("views.open", 100, .inDoubt),
        ("reactions.add", 50, .settled(by: ["already_reacted"])), ("oauth.v2.access", 100, .inDoubt),
        ("conversations.invite", 50, .settled(by: ["already_in_channel"])),
    ])
    func `has its figure and says what a repeated call does`(
        name: String, perMinute: Int, repetition: WebAPIMethod.Repetition
    ) throws {
        let method = try #require(WebAPIMethod.named(name))
        #expect(method.tier.perMinute == perMinute)
        #expect(method.repetition == repetition)
    }

    @Test func `stands in the catalogue under its own name, and can be a method's`() {
        #expect(WebAPIMethod.catalogue.count >= 60)
        for (name, method) in WebAPIMethod.catalogue {
            #expect(method.name == name)
            #expect(method.tier.perMinute >= 1)
            #expect(Set(method.scopes).count == method.scopes.count)
        }
    }

    @Test func `is allowed with any one of its scopes`() throws {
        let info = try #require(WebAPIMethod.named("conversations.info"))
        #expect(info.isAllowed(with: ["groups:read", "chat:write"]))
        #expect(!info.isAllowed(with: ["chat:write"]))
        #expect(!info.isAllowed(with: []))
        let open = try #require(WebAPIMethod.named("views.open"))
        #expect(open.isAllowed(with: []))
    }

    @Test func `that is not in the catalogue is treated with care`() throws {
        let method = try #require(WebAPIMethod.named("stars.add"))
        #expect(method.repetition == .inDoubt)
        #expect(method.tier == .tier2)
        #expect(method.scopes.isEmpty)
    }

    @Test(arguments: [
        "", "chat", "chat.", ".update", "chat..update", "chat/update", "../admin.users.list", "chat.update?x=1",
        "chat.update#", "chat.upd ate", "chat.\u{FF55}pdate", "chat.update\n",
        "chat.\(String(repeating: "x", count: 64))",
    ])
    func `cannot have a name that would change an address`(name: String) {
        #expect(WebAPIMethod.named(name) == nil)
    }
}
