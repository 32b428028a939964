import Foundation
import Synchronization

/// The simulated PagerDuty account: it answers as PagerDuty's REST API does, and its incidents live by the clock.
package final class PagerDutySimulator: Sendable {
    struct State: Sendable {
        var account: PDAccount
        var limits = PDRateLimits()
        var deliveries: PDDeliveries
        var identity: PDIdentity
        var origin: String?
        /// Where the app's own API for channels is, and what opens it.
        var integration: PDIntegration?
    }

    let journal: Journal
    let faults: FaultSwitches
    let clock: any SandboxClock
    private let seed: UInt64
    private let state: Mutex<State>
    /// The account's revision, each time that something changed.
    let changes = Broadcast<Int>()
    /// One element whenever webhooks may be due.
    let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    package init(
        journal: Journal, faults: FaultSwitches, clock: any SandboxClock, seed: UInt64, webhookPause: Double = 30
    ) {
        self.journal = journal
        self.faults = faults
        self.clock = clock
        self.seed = seed
        (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        state = Mutex(
            State(
                account: PDSeed.account(seed: seed, now: clock.now),
                deliveries: PDDeliveries(firstPause: webhookPause), identity: PDIdentity(seed: seed)))
        for secret in [accountKey, oauthClient.secret] + userTokens.values { journal.hide(secret) }
    }

    /// The account's REST API key.
    package var accountKey: String { with { $0.account.accountKey } }

    /// User API tokens by e-mail address.
    package var userTokens: [String: String] {
        with { state in
            Dictionary(state.account.users.map { ($0.email, $0.token) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The user API token of a person, or nil where the account has none with that address.
    package func userToken(email: String) -> String? { with { $0.account.user(email: email)?.token } }

    /// Says under which address the sandbox is reached; without it, addresses follow the request's own.
    package func connect(origin: String) { with { $0.origin = origin } }

    /// Says where the app takes orders about channels, and the token that opens it.
    package func connect(integration url: String, token: String) {
        journal.hide(token)
        with { $0.integration = PDIntegration(url: url, token: token) }
    }

    /// Puts the account back to what it was at the start.
    package func reset() async {
        let now = clock.now
        with { state in
            state.account = PDSeed.account(seed: seed, now: now)
            state.deliveries = PDDeliveries(firstPause: state.deliveries.firstPause)
            state.identity = PDIdentity(seed: seed)
        }
        announce()
    }

    /// Opens an incident as a monitoring tool would, on a service named by its id or name.
    /// - Parameters:
    ///   - severity: Of the alert that comes with it: `critical`, `error`, `warning` or `info`.
    ///   - details: What the tool says about it.
    package func createIncident(
        service: String, title: String, urgency: String?, severity: String = "critical",
        details: [String: String] = [:]
    ) throws -> PagerDutyIncident {
        let now = clock.now
        let incident = try change { account throws(PDFailure) in
            let found =
                account.service(service)
                ?? account.services.first { $0.name.lowercased() == service.lowercased() }
            guard let found else { throw PDFailure.invalid("No service “\(service)”") }
            if let urgency, urgency != "high", urgency != "low" { throw PDFailure.invalid("Urgency is high or low") }
            let draft = PDIncidentDraft(title: title, serviceID: found.id, urgency: urgency)
            let made = try account.trigger(draft, by: .init(agent: .service(found.id), channel: "api", date: now))
            PDHistory.addAlert(
                to: made.id, key: made.key, title: title, severity: severity,
                details: details.mapValues(JSON.string), at: now, in: &account)
            return made
        }
        return PagerDutyIncident(id: incident.id, number: incident.number, title: incident.title)
    }

    func with<Result: Sendable>(_ body: (inout State) throws(PDFailure) -> Result) throws(PDFailure) -> Result {
        let result: Swift.Result<Result, PDFailure> = state.withLock { state in
            do throws(PDFailure) { return .success(try body(&state)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    func with<Result: Sendable>(_ body: (inout State) -> Result) -> Result { state.withLock { body(&$0) } }

    /// Lets time pass up to now, changes the account, and tells those who watch.
    func change<Result: Sendable>(
        _ body: (inout PDAccount) throws(PDFailure) -> Result
    ) throws(PDFailure) -> Result {
        let now = clock.now
        let before = with { $0.account.revision }
        defer { if with({ $0.account.revision }) != before { announce() } }
        return try with { state throws(PDFailure) in
            state.account.advance(to: now)
            return try body(&state.account)
        }
    }

    /// Does what has become due.
    func tick() {
        let now = clock.now
        if with({ $0.account.nextDue.map { $0 <= now } ?? false }) { _ = try? change { _ throws(PDFailure) in } }
        wakeDeliveries()
    }

    func announce() {
        changes.send(with { $0.account.revision })
        wakeDeliveries()
    }

    func wakeDeliveries() { wake.yield() }
}

/// What a script is told of an incident that it opened.
package struct PagerDutyIncident: Sendable {
    package let id: String
    package let number: Int
    package let title: String
}
