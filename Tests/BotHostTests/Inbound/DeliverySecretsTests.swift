import BotStore
import Synchronization
import Testing

@testable import BotHost

/// Everybody can send forgeries; only what could be genuine costs a look into the database.
@Suite struct DeliverySecretsTests {
    private final class Stored: Sendable {
        private let state = Mutex((secrets: ["one"], looks: 0))
        var looks: Int { state.withLock(\.looks) }
        func set(_ secrets: [String]) { state.withLock { $0.secrets = secrets } }
        func read() -> [Secret] {
            state.withLock { state in
                state.looks += 1
                return state.secrets.map { Secret($0) }
            }
        }
    }

    private let clock = ManualClock()
    private let stored = Stored()

    private func secrets() -> DeliverySecrets {
        DeliverySecrets(clock: clock.host) { [stored] _ in stored.read() }
    }

    @Test func `a hundred deliveries cost one look, for five seconds`() async throws {
        let secrets = secrets()
        for _ in 0..<100 { #expect(try await secrets.of("pager") == ["one"]) }
        #expect(stored.looks == 1)
        stored.set(["two"])
        clock.advance(by: .milliseconds(4_999))
        #expect(try await secrets.of("pager") == ["one"])
        clock.advance(by: .milliseconds(1))
        #expect(try await secrets.of("pager") == ["two"])
        #expect(stored.looks == 2)
    }

    @Test func `what they do not prove is tried with the stored ones, once a second`() async throws {
        let secrets = secrets()
        _ = try await secrets.of("pager")
        stored.set(["two"])
        #expect(try await secrets.fresh("pager") == nil)
        clock.advance(by: .seconds(1))
        #expect(try await secrets.fresh("pager") == ["two"])
        for _ in 0..<100 { #expect(try await secrets.fresh("pager") == nil) }
        #expect(stored.looks == 2)
    }

    @Test func `a secret that was made here is in force at once`() async throws {
        let secrets = secrets()
        _ = try await secrets.of("pager")
        stored.set(["one", "two"])
        secrets.forget("another source")
        #expect(try await secrets.of("pager") == ["one"])
        secrets.forget("pager")
        #expect(try await secrets.of("pager") == ["one", "two"])
    }
}
