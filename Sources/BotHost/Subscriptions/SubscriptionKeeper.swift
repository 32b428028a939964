import BotStore
import Foundation
import Logging
import PluginAPI
import ServiceLifecycle

/// Makes the subscriptions to webhooks that sources want, keeps their secrets sealed, and mends what is in the way of
/// deliveries: a sender switches a subscription off after a few refused ones.
actor SubscriptionKeeper: Service {
    /// A subscription that was switched off is found within five minutes.
    static let pause = Duration.seconds(120)
    /// Longer than it takes to look after one; after that another replica may.
    static let lease: TimeInterval = 60
    /// The last component of the address, by which our subscriptions are known among others.
    static let pathKey = "bothost"

    private let sources: [any DeliverySource]
    private let accounts: AccountDirectory
    private let store: any SecretStore & LeaseStore
    private let secrets: DeliverySecrets
    private let publicURL: String?
    private let port: BoundPort
    private let owner: String
    private let clock: HostClock
    private let logger: Logger
    private var running: Task<Void, Never>?
    /// What stood in the way the last time, by source: the same is not logged every two minutes.
    private var problems: [String: String] = [:]

    init(
        sources: [any DeliverySource], accounts: AccountDirectory, store: any SecretStore & LeaseStore,
        secrets: DeliverySecrets, publicURL: String?, port: BoundPort, owner: String, clock: HostClock, logger: Logger
    ) {
        self.sources = sources
        self.accounts = accounts
        self.store = store
        self.secrets = secrets
        self.publicURL = publicURL
        self.port = port
        self.owner = owner
        self.clock = clock
        self.logger = logger
    }

    nonisolated func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.keep()
                try? await self.clock.sleep(Self.pause)
            }
        }
    }

    /// Looks after every subscription now; whoever asks while that happens waits for it.
    func keep() async {
        if let running { return await running.value }
        let task = Task {
            for source in sources {
                if source.isKeyedByPath { await makeKey(for: source) }
                if let source = source as? any SubscribedSource { await keep(source) }
            }
            // Before anybody who waited goes on: whoever asks after that asks for another look.
            running = nil
        }
        running = task
        await task.value
    }

    /// The secret in the address of a source whose sender signs nothing; made once.
    private func makeKey(for source: any DeliverySource) async {
        do {
            guard try await store.secretNames(of: source.id, limit: 1, after: nil).isEmpty else { return }
            let key = (0..<4).map { _ in TraceID.make() }.joined()
            try await store.putSecret(
                Secret(key), SecretName(owner: source.id, name: "path"), at: clock.now())
            secrets.forget(source.id)
        } catch {
            logger.error("an address for webhooks cannot be made: \(error)", metadata: ["source": "\(source.id)"])
        }
    }

    private func keep(_ source: any SubscribedSource) async {
        guard let address = await address(for: source), accounts.connections[source.provider]?.credential != nil else {
            return
        }
        let now = clock.now()
        do {
            let ticket = try await store.takeLease(
                "subscription/\(source.id)", holder: owner, until: now.addingTimeInterval(Self.lease), at: now)
            guard let ticket else { return }
            do {
                try await subscribe(source, to: address)
            } catch {
                try await store.returnLease(ticket)
                throw error
            }
            try await store.returnLease(ticket)
            problems[source.id] = nil
        } catch {
            let reason = (error as? any PersonReadableError)?.sentence ?? "\(type(of: error))"
            guard problems.updateValue(reason, forKey: source.id) != reason else { return }
            logger.error(
                "a subscription to webhooks cannot be looked after: \(reason)", metadata: ["source": "\(source.id)"])
        }
    }

    private func subscribe(_ source: any SubscribedSource, to address: String) async throws {
        let known = try await store.secretNames(of: source.id, limit: 100, after: nil)
        let accounts = accounts
        let kept = try await source.subscribe(to: address, known: known) { request in
            try await accounts.maintain(request, provider: source.provider)
        }
        if let secret = kept.secret {
            try await store.putSecret(
                Secret(secret), SecretName(owner: source.id, name: kept.id), at: clock.now())
        }
        // What was signed with the secret of a subscription that is gone proves nothing any more.
        for name in known where name != kept.id {
            _ = try await store.deleteSecret(SecretName(owner: source.id, name: name))
        }
        secrets.forget(source.id)
        guard let deed = kept.deed else { return }
        logger.notice(
            "a subscription to webhooks was \(deed)", metadata: ["source": "\(source.id)", "id": "\(kept.id)"])
    }

    /// Where the sender reaches this host: the public address, or this machine where the service is a simulator on it.
    /// - Returns: `nil` where there is no such address: then nothing is delivered, and plugins have to ask.
    private func address(for source: any SubscribedSource) async -> String? {
        let end = "\(source.path)/\(Self.pathKey)"
        if let publicURL { return publicURL + end }
        guard let base = accounts.provider(source.provider)?.baseURL, let host = URL(string: base)?.host(),
            WebAddress.isThisMachine(host)
        else { return nil }
        let port = await port.value
        return port > 0 ? "http://127.0.0.1:\(port)\(end)" : nil
    }
}
