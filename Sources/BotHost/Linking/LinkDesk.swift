import BotStore
import Foundation
import Logging
import PluginAPI
import SlackKit

/// Leads a browser through linking: Slack says who the person is, the service says which account is theirs, the person
/// says yes. Every step happens once, in the browser that began, and nothing is believed that did not come from the
/// services themselves.
final class LinkDesk: Sendable {
    let flows: LinkFlows
    let accounts: AccountDirectory
    let directory: InstallationDirectory
    let slack: SlackSignIn
    let slackURL: String
    let http: OutboundHTTP
    let address: ListenerAddress
    let store: any AuditStore
    let clock: HostClock
    let logger: Logger
    /// Tells the person in Slack, and goes on with what was interrupted.
    let linked: @Sendable (LinkFlow, LinkFlow.Pair, ServedWorkspace) -> Void

    init(
        flows: LinkFlows, accounts: AccountDirectory, directory: InstallationDirectory, slack: SlackSignIn,
        slackURL: String, http: OutboundHTTP, address: ListenerAddress, store: any AuditStore, clock: HostClock,
        logger: Logger, linked: @escaping @Sendable (LinkFlow, LinkFlow.Pair, ServedWorkspace) -> Void
    ) {
        self.flows = flows
        self.accounts = accounts
        self.directory = directory
        self.slack = slack
        self.slackURL = slackURL
        self.http = http
        self.address = address
        self.store = store
        self.clock = clock
        self.logger = logger
        self.linked = linked
    }

    enum Answer: Sendable {
        case page(Page)
        case redirect(String, cookie: String? = nil)
    }

    /// The ids of the services that people can sign in to.
    var services: [String] {
        accounts.connections.values.map(\.provider).filter { $0.signIn != nil }.map(\.id).sorted()
    }

    // MARK: the page of the link

    /// Where the flow is.
    func show(_ id: String, _ cookies: [String]) async throws -> Answer {
        let found = try await find(LinkHandle(linkID: id))
        let service = try self.service(found.flow).name
        // Whoever has the link sees where it leads, and nothing of anybody.
        guard found.flow.browser != nil else { return .page(LinkPages.start(service, again: nil)) }
        let key = try await self.key(found, cookies)
        switch found.flow.step {
        case .offered, .atSlack, .atService, .claimed: return .page(LinkPages.start(service, again: nil))
        case .failed(let sentence): return .page(LinkPages.start(service, again: sentence))
        case .confirming(let pair): return .page(LinkPages.confirm(service, pair, token: key.formToken))
        case .done(let pair): return .page(LinkPages.done(service, pair, back: back(found.flow)))
        }
    }

    /// Binds the flow to this browser, and sends it to Slack.
    func begin(_ id: String, _ cookies: [String]) async throws -> Answer {
        let found = try await find(LinkHandle(linkID: id))
        if case .done = found.flow.step { return .redirect("/link/\(id)") }
        let base = await address.url
        let key = try await found.flow.browser == nil ? BrowserKey() : self.key(found, cookies)
        let state = newState(found.handle)
        let secrets = LinkFlow.Secrets(linkID: id, nonce: RandomToken().text)
        let begun = try await flows.change(found) { flow in
            flow.step = .atSlack
            flow.browser = key.fingerprint
            flow.state = RandomToken.hash(of: state)
            flow.sealed = try key.seal(secrets)
        }
        guard begun != nil else { throw LinkProblem.notExpected }
        let home = found.flow.person.teamID
        let target = slack.address(
            state: state, nonce: secrets.nonce,
            team: home.utf8.first == UInt8(ascii: "T") ? home : found.flow.workspaceID,
            redirectAddress: Self.slackRedirect(base))
        return .redirect(target, cookie: key.cookie(for: found.handle, isSecure: Self.isSecure(base)))
    }

    /// The person has seen both accounts and pressed one of the buttons.
    func answer(_ id: String, _ cookies: [String], token: String, isYes: Bool) async throws -> Answer {
        let found = try await find(LinkHandle(linkID: id))
        let key = try await self.key(found, cookies)
        guard case .confirming(let pair) = found.flow.step else { return .redirect("/link/\(id)") }
        guard RandomToken.isSame(token, key.formToken) else { throw LinkProblem.forged }
        guard let claimed = try await flows.change(found, { $0.step = .claimed }) else {
            throw LinkProblem.notExpected
        }
        let secrets = try key.open(claimed.flow.sealed)
        guard isYes else {
            return try await fail(claimed, key, secrets, "You cancelled, so nothing was linked.")
        }
        guard let credential = secrets.credential,
            let served = try await directory.served(
                teamID: claimed.flow.workspaceID, enterpriseID: claimed.flow.organizationID)
        else { throw LinkProblem.gone }
        do {
            try await accounts.link(
                claimed.flow.provider, person: PersonKey(claimed.flow.person), to: pair.account,
                with: Secret(credential), renewAt: secrets.renewAt, in: served)
        } catch let error as any PersonReadableError {
            return try await fail(claimed, key, secrets, error.sentence)
        }
        await audit("account.linked", "\(claimed.flow.provider) \(pair.account.userID)", claimed.flow)
        _ = try await flows.change(claimed) { flow in
            flow.step = .done(pair)
            flow.sealed = nil
        }
        linked(claimed.flow, pair, served)
        return .redirect("/link/\(id)")
    }

    // MARK: what the steps have in common

    func find(_ handle: LinkHandle) async throws -> LinkFlows.Found {
        guard let found = try await flows.find(handle) else { throw LinkProblem.gone }
        return found
    }

    func service(_ flow: LinkFlow) throws -> any AccountProvider {
        guard let provider = accounts.provider(flow.provider), provider.signIn != nil else { throw LinkProblem.gone }
        return provider
    }

    /// The key of the browser that began.
    func key(_ found: LinkFlows.Found, _ cookies: [String]) async throws -> BrowserKey {
        let isSecure = Self.isSecure(await address.url)
        guard let key = BrowserKey(of: found.handle, in: cookies, isSecure: isSecure),
            let browser = found.flow.browser, RandomToken.isSame(key.fingerprint, browser)
        else { throw LinkProblem.otherBrowser }
        return key
    }

    func newState(_ handle: LinkHandle) -> String { "\(handle.text).\(RandomToken().text)" }

    /// Ends an attempt; the person may begin again in the same browser while the link is good.
    func fail(
        _ found: LinkFlows.Found, _ key: BrowserKey, _ secrets: LinkFlow.Secrets, _ sentence: String
    ) async throws -> Answer {
        _ = try await flows.change(found) { flow in
            flow.step = .failed(sentence)
            flow.state = nil
            flow.sealed = try key.seal(LinkFlow.Secrets(linkID: secrets.linkID))
        }
        return .redirect("/link/\(secrets.linkID)")
    }

    /// Notes for good what became of an attempt.
    func audit(_ action: String, _ subject: String, _ flow: LinkFlow) async {
        let line = AuditLine(
            at: clock.now(), actor: "\(flow.person.teamID)/\(flow.person.id)", action: action, subject: subject,
            workspace: flow.workspaceID)
        do { try await store.appendAudit([line]) } catch { note(error) }
    }

    func note(_ error: any Error) {
        logger.error("linking an account does not go on: \((error as? StoreError)?.sentence ?? "\(type(of: error))")")
    }

    private func back(_ flow: LinkFlow) -> String {
        var fields = ["team=\(PercentEncoding.encode(flow.workspaceID))"]
        if let channel = flow.interrupted?.channel?.id { fields.append("channel=\(PercentEncoding.encode(channel))") }
        return "\(slackURL)/app_redirect?\(fields.joined(separator: "&"))"
    }

    static func isSecure(_ base: String) -> Bool { base.utf8.starts(with: "https:".utf8) }

    static func slackRedirect(_ base: String) -> String { base + "/slack/openid_redirect" }
}
