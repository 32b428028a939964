import BotStore
import Foundation
import Logging
import PluginAPI
import ServiceLifecycle

/// Renews people's tokens ahead of time, one renewal of a person's at a time across all replicas.
///
/// A refresh token is good for once: whoever renews holds the lease, and the new pair is on disk before anything is done
/// with it. Who comes while that happens waits for what comes of it.
actor CredentialKeeper: Service {
    static let pause = Duration.seconds(60)
    /// Longer than a renewal takes; after that another replica may.
    static let lease: TimeInterval = 30
    /// How often it is looked, twice a second, whether another replica is done: as long as its lease.
    static let tries = 60
    /// What one round renews at most.
    static let batch = 50
    /// After a renewal that did not work out, the next try.
    static let rest: TimeInterval = 300

    /// Is told of links that ended while nobody was using them.
    nonisolated let lost = LostLinks()
    private let providers: [String: any AccountProvider]
    private let store: any AccountStore & LeaseStore
    private let http: OutboundHTTP
    private let owner: String
    private let clock: HostClock
    private let logger: Logger
    private var running: [Link: Task<AccountCredential, any Error>] = [:]

    private struct Link: Hashable {
        let provider: String
        let person: PersonKey
    }

    init(
        providers: [any AccountProvider], store: any AccountStore & LeaseStore, http: OutboundHTTP, owner: String,
        clock: HostClock, logger: Logger
    ) {
        self.providers = Dictionary(providers.map { ($0.id, $0) }) { first, _ in first }
        self.store = store
        self.http = http
        self.owner = owner
        self.clock = clock
        self.logger = logger
    }

    nonisolated func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.renewAll()
                try? await self.clock.sleep(Self.pause)
            }
        }
    }

    /// Renews everything that is due.
    func renewAll() async {
        do {
            for account in try await store.linkedAccounts(toRenewBy: clock.now(), limit: Self.batch) {
                do {
                    _ = try await renew(account)
                } catch AccountError.linkExpired {
                    await lost.tell(account)
                } catch {
                    // It is said in the log, and tried again.
                }
            }
        } catch {
            logger.error("tokens that are to be renewed cannot be found: \(error)")
        }
    }

    /// What to act with: the stored credential, or the next one where it has ended.
    /// - Throws: `AccountError.linkExpired` where it has ended and cannot be renewed; what a service or the store throws.
    func credential(of account: BotStore.LinkedAccount) async throws -> AccountCredential {
        let credential = AccountCredential(account.credential)
        guard credential.isOver(at: clock.now()) else { return credential }
        return try await renew(account)
    }

    /// The next credential, after the service did not accept that one.
    /// - Throws: `AccountError.linkExpired` where there is none.
    func renew(_ account: BotStore.LinkedAccount) async throws -> AccountCredential {
        let link = Link(provider: account.provider, person: account.person)
        if let task = running[link] { return try await task.value }
        let task = Task { try await self.renewAlone(link, insteadOf: account.credential) }
        running[link] = task
        defer { running[link] = nil }
        return try await task.value
    }

    /// - Parameter used: What the caller found in the store; where something else is there now, that is the next one.
    private func renewAlone(_ link: Link, insteadOf used: Secret) async throws -> AccountCredential {
        let name = "refresh/\(link.provider)/\(link.person)"
        for _ in 0..<Self.tries {
            let now = clock.now()
            let ticket = try await store.takeLease(
                name, holder: owner, until: now.addingTimeInterval(Self.lease), at: now)
            guard let ticket else {
                // Another replica is at it.
                try await clock.sleep(.milliseconds(500))
                continue
            }
            let outcome: Result<AccountCredential, any Error>
            do { outcome = .success(try await exchange(link, insteadOf: used)) } catch { outcome = .failure(error) }
            // A lease that stays ends by itself.
            try? await store.returnLease(ticket)
            return try outcome.get()
        }
        throw HTTPFault.timeout
    }

    private func exchange(_ link: Link, insteadOf used: Secret) async throws -> AccountCredential {
        guard let account = try await store.linkedAccount(provider: link.provider, person: link.person) else {
            throw AccountError.notLinked(provider: link.provider)
        }
        let credential = AccountCredential(account.credential)
        if account.credential != used { return credential }
        guard let refreshToken = credential.refreshToken, let signIn = providers[link.provider]?.signIn else {
            throw AccountError.linkExpired(provider: link.provider)
        }
        let http = http
        do {
            let grant = try await signIn.renew(refreshToken: refreshToken.reveal()) { try await http.send($0) }
            // A service that does not make a new refresh token goes on with the old one.
            let next = AccountCredential(grant: grant.keeping(refreshToken.reveal()), at: clock.now())
            try await replace(next, next.renewAt, link)
            logger.info("token renewed", metadata: ["provider": "\(link.provider)", "person": "\(link.person)"])
            return next
        } catch AccountError.linkExpired {
            // Not tried again; what the token is still good for, it is used for.
            try await replace(credential.last, nil, link)
            logger.warning(
                "a token can no longer be renewed: the person has to link again",
                metadata: ["provider": "\(link.provider)", "person": "\(link.person)"])
            throw AccountError.linkExpired(provider: link.provider)
        } catch let fault as StoreError {
            throw fault
        } catch {
            try? await replace(credential, clock.now().addingTimeInterval(Self.rest), link)
            logger.error(
                "a token cannot be renewed now: \(type(of: error))",
                metadata: ["provider": "\(link.provider)", "person": "\(link.person)"])
            throw error
        }
    }

    private func replace(_ credential: AccountCredential, _ renewAt: Date?, _ link: Link) async throws {
        try await store.replaceCredential(
            credential.stored, renewAt: renewAt, provider: link.provider, person: link.person)
    }
}

extension SignInGrant {
    fileprivate func keeping(_ refreshToken: String) -> SignInGrant {
        SignInGrant(
            accessToken: accessToken, refreshToken: self.refreshToken ?? refreshToken, lifetime: lifetime,
            scopes: scopes, owner: owner)
    }
}
