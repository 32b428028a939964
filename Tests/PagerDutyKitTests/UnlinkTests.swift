import PluginAPI
import PluginTestKit
import Testing
import UnlinkPlugin

@Suite struct UnlinkTests {
    static func host(_ prepare: (inout FakeHost.State) -> Void = { _ in }) -> FakeHost {
        FakeHost { state in
            state.linked["U0ADA0001"] = LinkedAccount(userID: "PADA", name: "Ada <M>", email: "ada@acme.example")
            prepare(&state)
        }
    }

    static func unlink(_ host: FakeHost) async throws -> String {
        let reply = try await PluginDriver(UnlinkPlugin.self, host).command("unlink")
        return try #require(reply.ephemeralMessage).text.source
    }

    @Test func `it says what was linked, in which account, and what is left to do`() async throws {
        let answer = try await Self.unlink(Self.host())
        #expect(answer.contains("*Ada &lt;M&gt;* (ada@acme.example) in the account *acme*"))
        #expect(answer.contains("delete it there"))
    }

    @Test func `a revoked access leaves nothing to do`() async throws {
        let answer = try await Self.unlink(Self.host { $0.isRevoked = true })
        #expect(answer.contains("was revoked in PagerDuty too"))
        #expect(!answer.contains("delete it there"))
    }

    @Test func `a second time there is nothing to unlink`() async throws {
        let host = Self.host()
        _ = try await Self.unlink(host)
        #expect(try await Self.unlink(host).contains("nothing to unlink"))
    }

    @Test func `an account that PagerDuty does not name is not named`() async throws {
        let answer = try await Self.unlink(Self.host { $0.mapped = MappedAccount(id: "", name: "PagerDuty") })
        #expect(!answer.contains("in the account"))
    }

    @Test func `it works in a workspace that is no longer connected`() async throws {
        let answer = try await Self.unlink(Self.host { $0.mapped = nil })
        #expect(answer.contains("Unlinked from *Ada &lt;M&gt;* (ada@acme.example)."))
    }
}
