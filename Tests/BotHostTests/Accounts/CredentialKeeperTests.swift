import BotStore
import Foundation
import PluginAPI
import Synchronization
import Testing

@testable import BotHost

/// A refresh token is good for once: whoever renews is the only one, in this process and in all others.
@Suite struct CredentialKeeperTests {
    /// A service that counts, and waits when it is told to.
    private final class Service: AccountProvider, AccountSignIn {
        let gate: Gate?
        let answer: @Sendable (Int) throws -> SignInGrant
        private let asked = Mutex<[String]>([])

        init(
            gate: Gate? = nil,
            answer: @escaping @Sendable (Int) throws -> SignInGrant = { number in
                SignInGrant(
                    accessToken: "access-\(number)", refreshToken: "refresh-\(number)", lifetime: 86_400, scopes: nil)
            }
        ) {
            self.gate = gate
            self.answer = answer
        }

        /// The refresh tokens that came, in their order.
        var refreshed: [String] { asked.withLock(\.self) }

        func renew(
            refreshToken: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse
        ) async throws -> SignInGrant {
            let number = asked.withLock { asked in
                asked.append(refreshToken)
                return asked.count
            }
            await gate?.pass()
            return try answer(number)
        }

        let id = "service"
        let name = "Service"
        let baseURL = "https://service.example"
        let tokenHelp = TokenHelp(steps: "", placeholder: "")
        let notConnected = ""
        let scopeSets: [[String]] = [["all"]]
        var signIn: (any AccountSignIn)? { self }
        func address(for attempt: SignInAttempt) -> String { "" }
        func redeem(
            code: String, of attempt: SignInAttempt, at now: Date,
            send: @Sendable (HTTPRequest) async throws -> HTTPResponse
        ) async throws -> SignInGrant { throw Refusal("never") }
        func isRead(_ request: HTTPRequest) -> Bool { false }
        func authorize(_ request: inout HTTPRequest, with credential: String) {}
        func identify(
            token: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse,
            read: @Sendable (HTTPRequest) async throws -> HTTPResponse
        ) async throws -> PluginAPI.LinkedAccount { throw Refusal("never") }
        func describeAccount(
            read: @Sendable (HTTPRequest) async throws -> HTTPResponse
        ) async throws -> PluginAPI.MappedAccount { throw Refusal("never") }
        func revoke(
            token: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse
        ) async throws -> Bool { false }
    }

    /// Never asked for anything here.
    private static let http = OutboundHTTP()
    private let clock = ManualClock()
    private let person = PersonKey(teamID: "T0ACME", userID: "U0ANN")

    private func keeper(_ service: Service, _ store: any Store, owner: String = "one") -> CredentialKeeper {
        CredentialKeeper(
            providers: [service], store: store, http: Self.http, owner: owner, clock: clock.host, logger: .silent)
    }

    /// Ann, linked with a pair that ends in a day.
    private func link(_ store: any Store, credential: Secret? = nil) async throws -> BotStore.LinkedAccount {
        let grant = SignInGrant(accessToken: "access-0", refreshToken: "refresh-0", lifetime: 86_400, scopes: nil)
        let pair = AccountCredential(grant: grant, at: clock.now)
        try await store.link(
            BotStore.LinkedAccount(
                provider: "service", person: person, accountID: "A1", providerUserID: "P1", name: "Ann",
                credential: try credential ?? pair.stored, renewAt: pair.renewAt, createdAt: clock.now))
        return try await stored(store)
    }

    private func stored(_ store: any Store) async throws -> BotStore.LinkedAccount {
        try #require(try await store.linkedAccount(provider: "service", person: person))
    }

    @Test("what is renewed is stored, and to be renewed again when a third of its life is left")
    func renews() async throws {
        try await TestFolder.withStore { store in
            let service = Service()
            let account = try await link(store)
            #expect(account.renewAt == clock.now.addingTimeInterval(57_600))
            clock.advance(by: .seconds(57_600))
            await keeper(service, store).renewAll()
            #expect(service.refreshed == ["refresh-0"])
            let next = try await stored(store)
            #expect(AccountCredential(next.credential).token == Secret("access-1"))
            #expect(AccountCredential(next.credential).refreshToken == Secret("refresh-1"))
            #expect(next.renewAt == clock.now.addingTimeInterval(57_600))
            await keeper(service, store).renewAll()
            #expect(service.refreshed.count == 1)
        }
    }

    @Test("of many who need the next token at once, one fetches it, and all get it")
    func together() async throws {
        try await TestFolder.withStore { store in
            let gate = Gate()
            let service = Service(gate: gate)
            let account = try await link(store)
            let keeper = keeper(service, store)
            let all = (0..<5).map { _ in Task { try await keeper.renew(account).token } }
            await gate.arrival()
            gate.open()
            for task in all { #expect(try await task.value == Secret("access-1")) }
            #expect(service.refreshed == ["refresh-0"])
            // Whoever comes later with the old one gets the new one, and fetches nothing.
            #expect(try await keeper.renew(account).token == Secret("access-1"))
            #expect(service.refreshed.count == 1)
        }
    }

    @Test("of two replicas one renews, and the other waits for what comes of it")
    func replicas() async throws {
        try await TestFolder.withStore { store in
            let gate = Gate()
            let service = Service(gate: gate)
            let account = try await link(store)
            let (one, two) = (keeper(service, store), keeper(service, store, owner: "two"))
            let first = Task { try await one.renew(account).token }
            await gate.arrival()
            let second = Task { try await two.renew(account).token }
            while clock.sleeping == 0 { await Task.yield() }
            gate.open()
            #expect(try await first.value == Secret("access-1"))
            let done = Mutexed<Bool>()
            let ticking = Task {
                _ = try? await second.value
                done.append(true)
            }
            await clock.advance(by: .milliseconds(500)) { !done.values.isEmpty }
            await ticking.value
            #expect(try await second.value == Secret("access-1"))
            #expect(service.refreshed == ["refresh-0"])
        }
    }

    @Test("a replica that died while it renewed holds nobody up for longer than its lease")
    func deadReplica() async throws {
        try await TestFolder.withStore { store in
            let service = Service()
            let account = try await link(store)
            let lease = try await store.takeLease(
                "refresh/service/\(person)", holder: "dead", until: clock.now.addingTimeInterval(20), at: clock.now)
            #expect(lease != nil)
            let keeper = keeper(service, store)
            let done = Mutexed<Bool>()
            let task = Task {
                let token = try await keeper.renew(account).token
                done.append(true)
                return token
            }
            await clock.advance(by: .milliseconds(500)) { !done.values.isEmpty }
            #expect(try await task.value == Secret("access-1"))
            #expect(clock.now >= ManualClock.start.addingTimeInterval(20))
        }
    }

    @Test("a link that was removed meanwhile is not brought back, and its new token not used")
    func removed() async throws {
        try await TestFolder.withStore { store in
            let gate = Gate()
            let service = Service(gate: gate)
            let account = try await link(store)
            let keeper = keeper(service, store)
            let task = Task { try await keeper.renew(account).token }
            await gate.arrival()
            _ = try await store.unlink(provider: "service", person: person)
            gate.open()
            await #expect(throws: StoreError.self) { _ = try await task.value }
            #expect(try await store.linkedAccount(provider: "service", person: person) == nil)
        }
    }

    @Test("a service that makes no new refresh token goes on with the old one")
    func sameRefreshToken() async throws {
        try await TestFolder.withStore { store in
            let service = Service { _ in
                SignInGrant(accessToken: "next", refreshToken: nil, lifetime: 86_400, scopes: nil)
            }
            let account = try await link(store)
            _ = try await keeper(service, store).renew(account)
            #expect(AccountCredential(try await stored(store).credential).refreshToken == Secret("refresh-0"))
        }
    }

    @Test("what the service refuses for good is not tried again; a fault that passes is, after a rest")
    func refusals() async throws {
        try await TestFolder.withStore { store in
            let service = Service { number in
                if number == 1 { throw HTTPFault.unreachable }
                throw AccountError.linkExpired(provider: "service")
            }
            _ = try await link(store)
            let keeper = keeper(service, store)
            let told = Mutexed<String>()
            keeper.lost.listen { told.append($0.person.userID) }
            clock.advance(by: .seconds(57_600))
            await keeper.renewAll()
            #expect(try await stored(store).renewAt == clock.now.addingTimeInterval(CredentialKeeper.rest))
            await keeper.renewAll()
            #expect(service.refreshed.count == 1 && told.values.isEmpty)
            clock.advance(by: .seconds(300))
            await keeper.renewAll()
            await keeper.renewAll()
            #expect(service.refreshed == ["refresh-0", "refresh-0"])
            #expect(told.values == ["U0ANN"])
            let last = AccountCredential(try await stored(store).credential)
            #expect(last.refreshToken == nil && last.token == Secret("access-0"))
        }
    }

    @Test("a token that was pasted is used as it is, and never renewed")
    func pasted() async throws {
        try await TestFolder.withStore { store in
            let service = Service()
            let account = try await link(store, credential: Secret("u+pasted"))
            let keeper = keeper(service, store)
            clock.advance(by: .seconds(400 * 86_400))
            #expect(try await keeper.credential(of: account).token == Secret("u+pasted"))
            await #expect(throws: AccountError.linkExpired(provider: "service")) { _ = try await keeper.renew(account) }
            #expect(service.refreshed.isEmpty)
        }
    }
}
