import BotStore
import Crypto
import Foundation
import Logging
import PluginAPI
import SlackKit

/// What comes back with the browser from Slack and from the services. Everything in it is untrusted but the state, which
/// only the one who was sent away can bring back.
extension LinkDesk {
    // MARK: Slack

    func slackReturned(_ query: [String: String], _ cookies: [String]) async throws -> Answer {
        let (found, key, secrets) = try await claim(query, cookies, at: .atSlack)
        guard let code = query["code"], Self.isPlausible(code) else {
            return try await fail(found, key, secrets, "You did not sign in with Slack, so nothing was linked.")
        }
        let base = await address.url
        let identity: SlackSignIn.Identity
        do {
            let answer = try await http.send(slack.request(code: code, redirectAddress: Self.slackRedirect(base)))
            identity = try slack.identity(answer, nonce: secrets.nonce, at: clock.now())
        } catch {
            logger.warning("a sign-in with Slack failed: \(error)")
            return try await fail(found, key, secrets, Self.sentence(error))
        }
        guard Self.isSame(identity, found.flow.person) else {
            await audit("account.link_refused", "\(found.flow.provider) slack_person \(identity.userID)", found.flow)
            return try await fail(
                found, key, secrets,
                "You signed in to Slack as somebody else than the one who asked for this link. Sign in as yourself, in "
                    + "the workspace where you asked.")
        }
        let sets = await scopeSets(try service(found.flow))
        return try await sendToService(
            found, key,
            LinkFlow.Secrets(
                linkID: secrets.linkID, slackName: identity.name.isEmpty ? identity.userID : identity.name,
                scopeSets: sets))
    }

    private static func isSame(_ identity: SlackSignIn.Identity, _ person: Person) -> Bool {
        guard identity.userID.utf8.elementsEqual(person.id.utf8) else { return false }
        if identity.teamID.utf8.elementsEqual(person.teamID.utf8) { return true }
        // In an organization a person is the same in every workspace.
        guard let own = person.organizationID, let theirs = identity.enterpriseID else { return false }
        return own.utf8.elementsEqual(theirs.utf8)
    }

    private static func sentence(_ error: any Error) -> String {
        switch error {
        case SlackSignIn.Fault.refused("bad_client_secret"), SlackSignIn.Fault.refused("invalid_client_id"):
            "Slack does not accept this app: an administrator should check SLACK_CLIENT_ID and SLACK_CLIENT_SECRET."
        case is HTTPFault: "Slack did not answer. Please try again in a minute."
        default: "Slack did not confirm who you are. Please sign in once more."
        }
    }

    // MARK: the service

    /// The one that worked the last time first, then the others in their order.
    private func scopeSets(_ provider: any AccountProvider) async -> [Int] {
        let all = Array((provider.signIn?.scopeSets ?? []).indices)
        guard let proven = await flows.provenScopeSet(provider.id), all.contains(proven) else { return all }
        return [proven] + all.filter { $0 != proven }
    }

    /// - Parameter secrets: With the sets of scopes that are left to be tried.
    private func sendToService(
        _ found: LinkFlows.Found, _ key: BrowserKey, _ secrets: LinkFlow.Secrets
    ) async throws -> Answer {
        let provider = try service(found.flow)
        let state = newState(found.handle)
        var secrets = secrets
        secrets.nonce = RandomToken().text
        secrets.verifier = RandomToken().text
        guard let signIn = provider.signIn, let attempt = await self.attempt(provider, secrets, state) else {
            throw LinkProblem.gone
        }
        let sealed = try key.seal(secrets)
        let sent = try await flows.change(found) { flow in
            flow.step = .atService
            flow.state = RandomToken.hash(of: state)
            flow.sealed = sealed
        }
        guard sent != nil else { throw LinkProblem.notExpected }
        return .redirect(signIn.address(for: attempt))
    }

    private func attempt(
        _ provider: any AccountProvider, _ secrets: LinkFlow.Secrets, _ state: String
    ) async -> SignInAttempt? {
        let sets = provider.signIn?.scopeSets ?? []
        guard let index = secrets.scopeSets.first, sets.indices.contains(index) else { return nil }
        return SignInAttempt(
            redirectAddress: "\(await address.url)/\(provider.id)/oauth_redirect", state: state,
            nonce: secrets.nonce, verifier: secrets.verifier,
            challenge: Base64URL.encode(SHA256.hash(data: Data(secrets.verifier.utf8))), scopes: sets[index])
    }

    func serviceReturned(_ provider: String, _ query: [String: String], _ cookies: [String]) async throws -> Answer {
        let (found, key, secrets) = try await claim(query, cookies, at: .atService, of: provider)
        let service = try self.service(found.flow)
        guard let code = query["code"], Self.isPlausible(code), let signIn = service.signIn,
            let attempt = await self.attempt(service, secrets, query["state"] ?? "")
        else {
            return try await fail(found, key, secrets, "You did not agree at \(service.name), so nothing was linked.")
        }
        do {
            let http = http
            let grant = try await signIn.redeem(code: code, of: attempt, at: clock.now()) { try await http.send($0) }
            let missing = Set(attempt.scopes).subtracting(grant.scopes ?? attempt.scopes).subtracting(["openid"])
            guard missing.isEmpty else {
                var next = secrets
                next.scopeSets.removeFirst()
                if !next.scopeSets.isEmpty { return try await sendToService(found, key, next) }
                await audit("account.link_refused", "\(provider) scopes", found.flow)
                return try await fail(found, key, secrets, Self.lacking(service))
            }
            await flows.prove(scopeSet: secrets.scopeSets[0], of: provider)
            return try await ask(found, key, secrets, service, grant)
        } catch let error as any PersonReadableError {
            await audit("account.link_refused", "\(provider) service", found.flow)
            return try await fail(found, key, secrets, error.sentence)
        } catch is HTTPFault {
            return try await fail(
                found, key, secrets, "\(service.name) did not answer. Please try again in a minute.")
        }
    }

    /// Makes sure whose account it is, and lets the person see it.
    private func ask(
        _ found: LinkFlows.Found, _ key: BrowserKey, _ secrets: LinkFlow.Secrets, _ service: any AccountProvider,
        _ grant: SignInGrant
    ) async throws -> Answer {
        guard
            let served = try await directory.served(
                teamID: found.flow.workspaceID, enterpriseID: found.flow.organizationID)
        else { throw LinkProblem.gone }
        let mapped = try await accounts.mapped(service.id, for: served)
        let another = Refusal(
            "You signed in to another \(service.name) account than the one this workspace is connected to. Sign out "
                + "there, and sign in to \(mapped?.name ?? "the right one").")
        guard let owner = grant.owner, mapped.map({ $0.isMeant(by: owner) }) ?? false else { throw another }
        let account = try await accounts.identify(service.id, token: Secret(grant.accessToken))
        guard account.userID.utf8.elementsEqual(owner.userID.utf8) else { throw another }
        let credential = AccountCredential(grant: grant, at: clock.now())
        var secrets = secrets
        secrets.credential = try credential.stored.reveal()
        secrets.renewAt = credential.renewAt
        let sealed = try key.seal(secrets)
        let workspace = served.workspace.name
        let pair = LinkFlow.Pair(
            slackName: secrets.slackName, workspaceName: workspace.isEmpty ? served.workspace.id : workspace,
            account: account, accountName: mapped?.name ?? owner.accountName)
        let asked = try await flows.change(found) { flow in
            flow.step = .confirming(pair)
            flow.sealed = sealed
        }
        guard asked != nil else { throw LinkProblem.notExpected }
        return .redirect("/link/\(secrets.linkID)")
    }

    private static func lacking(_ service: any AccountProvider) -> String {
        let sets = (service.signIn?.scopeSets ?? []).map { Set($0).subtracting(["openid"]) }
        // A set that holds another one asks for more than is needed.
        let least = sets.filter { set in !sets.contains { $0 != set && $0.isSubset(of: set) } }
        let choices = least.map { $0.sorted().joined(separator: ", ") }.joined(separator: "; or ")
        return
            "\(service.name) granted less than acting for you takes. An administrator of this bot can give its OAuth "
            + "app these scopes: \(choices)."
    }

    // MARK: once

    /// Takes a step back from elsewhere: the right browser, the state that was sent, and that once.
    private func claim(
        _ query: [String: String], _ cookies: [String], at step: LinkFlow.Step, of provider: String? = nil
    ) async throws -> (LinkFlows.Found, BrowserKey, LinkFlow.Secrets) {
        guard let state = query["state"], let handle = LinkHandle(state: state) else { throw LinkProblem.gone }
        let found = try await find(handle)
        let key = try await self.key(found, cookies)
        guard found.flow.step == step, provider.map({ $0 == found.flow.provider }) ?? true,
            let expected = found.flow.state, RandomToken.isSame(RandomToken.hash(of: state), expected)
        else { throw LinkProblem.notExpected }
        let claimed = try await flows.change(found) { flow in
            flow.step = .claimed
            flow.state = nil
        }
        guard let claimed else { throw LinkProblem.notExpected }
        return (claimed, key, try key.open(claimed.flow.sealed))
    }

    /// A code is opaque; this is what one could look like.
    private static func isPlausible(_ code: String) -> Bool {
        (1...2_048).contains(code.utf8.count) && code.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

extension PluginAPI.MappedAccount {
    /// Whether an id token speaks of this account, by its id or its name.
    fileprivate func isMeant(by owner: SignInOwner) -> Bool {
        let own = [id, name].filter { !$0.isEmpty }.map { $0.lowercased() }
        let theirs = [owner.accountID, owner.accountName].filter { !$0.isEmpty }.map { $0.lowercased() }
        return own.contains { mine in theirs.contains { $0.utf8.elementsEqual(mine.utf8) } }
    }
}
