package import BotStore
import Foundation
import Logging
package import PluginAPI
import Synchronization

/// A service on which people have accounts, and the workspace's own credential on it, if there is one.
package struct AccountConnection: Sendable {
    package let provider: any AccountProvider
    package let credential: Secret?

    /// - Parameter credential: What reads are made with. Never used to act for a person.
    package init(provider: any AccountProvider, credential: Secret?) {
        self.provider = provider
        self.credential = credential
    }
}

/// Who is who on other services: the workspace's account, people's linked accounts, and calls in their names.
///
/// A call that changes something is sent with the person's own credential or not at all: ``read(_:provider:)`` refuses
/// what the provider does not know as a read, and ``act(_:provider:as:)`` has no other credential to fall back on.
final class AccountDirectory: Sendable {
    let connections: [String: AccountConnection]
    private let store: any AccountStore
    private let http: OutboundHTTP
    private let keeper: CredentialKeeper
    private let clock: HostClock
    private let metrics: HostMetrics
    private let logger: Logger
    private let described = Mutex<[String: PluginAPI.MappedAccount]>([:])

    init(
        connections: [AccountConnection], store: any AccountStore, http: OutboundHTTP, keeper: CredentialKeeper,
        clock: HostClock, metrics: HostMetrics, logger: Logger
    ) {
        self.connections = Dictionary(connections.map { ($0.provider.id, $0) }) { first, _ in first }
        self.store = store
        self.http = http
        self.keeper = keeper
        self.clock = clock
        self.metrics = metrics
        self.logger = logger
    }

    func provider(_ id: String) -> (any AccountProvider)? { connections[id]?.provider }

    /// Whether a workspace is connected to an account at all.
    func isConnected(_ id: String, _ served: ServedWorkspace) -> Bool {
        served.installation.accounts[id] != nil || connections[id]?.credential != nil
    }

    /// The account a workspace is connected to: what it was mapped to, else the one that the host's own credential
    /// belongs to.
    func mapped(_ id: String, for served: ServedWorkspace) async throws -> PluginAPI.MappedAccount? {
        guard let connection = connections[id] else { return nil }
        if let mapped = served.installation.accounts[id] {
            return PluginAPI.MappedAccount(id: mapped.accountID, name: mapped.subdomain ?? mapped.accountID)
        }
        guard connection.credential != nil else { return nil }
        if let known = described.withLock({ $0[id] }) { return known }
        let account = try await connection.provider.describeAccount { try await self.read($0, provider: id) }
        described.withLock { $0[id] = account }
        return account
    }

    /// Reads with the workspace's credential.
    func read(_ request: PluginAPI.HTTPRequest, provider id: String) async throws -> PluginAPI.HTTPResponse {
        guard let connection = connections[id] else {
            throw AccountError.notConnected(provider: id, sentence: "This host has no service called “\(id)”.")
        }
        guard let credential = connection.credential else {
            throw AccountError.notConnected(provider: id, sentence: connection.provider.notConnected)
        }
        guard connection.provider.isRead(request) else { throw AccountError.notARead }
        return try await send(request, to: connection.provider, with: credential.reveal())
    }

    /// Looks after what the host itself needs at a service, with the host's own credential.
    func maintain(_ request: PluginAPI.HTTPRequest, provider id: String) async throws -> PluginAPI.HTTPResponse {
        guard let connection = connections[id], let credential = connection.credential else {
            throw AccountError.notConnected(
                provider: id, sentence: connections[id]?.provider.notConnected ?? "There is no service “\(id)”.")
        }
        guard connection.provider.isRead(request) || connection.provider.isUpkeep(request) else {
            throw AccountError.notARead
        }
        return try await send(request, to: connection.provider, with: credential.reveal())
    }

    /// Does something with a person's own credential, in the account that the workspace is connected to.
    func act(
        _ request: PluginAPI.HTTPRequest, provider id: String, as person: PersonKey, in served: ServedWorkspace
    ) async throws -> PluginAPI.HTTPResponse {
        guard let connection = connections[id] else {
            throw AccountError.notConnected(provider: id, sentence: "This host has no service called “\(id)”.")
        }
        guard let account = try await store.linkedAccount(provider: id, person: person) else {
            throw AccountError.notLinked(provider: id)
        }
        // The workspace may have been connected to another account since.
        guard try await accountID(id, for: served).utf8.elementsEqual(account.accountID.utf8) else {
            throw AccountError.notLinked(provider: id)
        }
        var credential = try await keeper.credential(of: account)
        var answer = try await send(request, to: connection.provider, with: credential.token.reveal())
        if answer.status == 401 {
            // Nothing was done, so that it can be asked once more with the next token, where there is one.
            credential = try await keeper.renew(account)
            answer = try await send(request, to: connection.provider, with: credential.token.reveal())
        }
        guard answer.status != 401 else { throw AccountError.linkExpired(provider: id) }
        try? await store.touchLinkedAccount(provider: id, person: person, at: clock.now())
        return answer
    }

    func linked(_ id: String, person: PersonKey) async throws -> BotStore.LinkedAccount? {
        try await store.linkedAccount(provider: id, person: person)
    }

    /// Checks a token that a person pasted and links them to its owner.
    /// - Throws: A ``PersonReadableError`` that stands at the token's field.
    func link(
        _ id: String, person: PersonKey, token: Secret, in served: ServedWorkspace
    ) async throws -> PluginAPI.LinkedAccount {
        let identity = try await identify(id, token: token)
        try await link(id, person: person, to: identity, with: token, renewAt: nil, in: served)
        return identity
    }

    /// Whose token this is, in the account that the workspace is connected to.
    /// - Throws: A ``PersonReadableError``.
    func identify(_ id: String, token: Secret) async throws -> PluginAPI.LinkedAccount {
        guard let connection = connections[id] else { throw Refusal("This host has no service called “\(id)”.") }
        let provider = connection.provider
        return try await provider.identify(
            token: token.reveal(),
            send: { try await self.send($0, to: provider, with: token.reveal()) },
            read: { try await self.read($0, provider: id) })
    }

    /// Links a person to whom the service has named.
    /// - Throws: A ``PersonReadableError``.
    func link(
        _ id: String, person: PersonKey, to identity: PluginAPI.LinkedAccount, with credential: Secret,
        renewAt: Date?, in served: ServedWorkspace
    ) async throws {
        let accountID = try await accountID(id, for: served)
        do {
            try await store.link(
                BotStore.LinkedAccount(
                    provider: id, person: person, accountID: accountID, providerUserID: identity.userID,
                    name: identity.name, email: identity.email, credential: credential, renewAt: renewAt,
                    createdAt: clock.now()))
        } catch {
            guard error.code == .alreadyLinked else { throw error }
            throw Refusal(
                "\(identity.name) is linked to another person here already. They can unlink first, or an administrator can."
            )
        }
        logger.info(
            "account linked", metadata: ["provider": "\(id)", "person": "\(person)", "user": "\(identity.userID)"])
    }

    /// Who in a workspace users of a service are, as far as they are linked.
    func people(_ id: String, userIDs: [String], in served: ServedWorkspace) async throws -> [String: String] {
        let accountID = try await accountID(id, for: served)
        var people: [String: String] = [:]
        for userID in Set(userIDs) {
            let linked = try await store.linkedAccounts(
                provider: id, accountID: accountID, providerUserID: userID)
            // Somebody may be linked from several workspaces that share the account.
            people[userID] = linked.first { $0.person.teamID == served.workspace.id }?.person.userID
        }
        return people
    }

    /// Not every service tells an id of the account; its name tells accounts apart as well.
    private func accountID(_ id: String, for served: ServedWorkspace) async throws -> String {
        try await mapped(id, for: served).map { $0.id.isEmpty ? $0.name : $0.id } ?? id
    }

    /// Removes a link, and makes its credential worthless where the service lets us.
    func unlink(_ id: String, person: PersonKey) async throws -> Unlinked? {
        guard let account = try await store.unlink(provider: id, person: person) else { return nil }
        var isRevoked = false
        if let provider = connections[id]?.provider {
            let token = AccountCredential(account.credential).token
            // The link is gone whatever the service says to this.
            isRevoked =
                (try? await provider.revoke(token: token.reveal()) {
                    try await self.send($0, to: provider, with: token.reveal())
                }) ?? false
        }
        logger.info("account unlinked", metadata: ["provider": "\(id)", "person": "\(person)"])
        return Unlinked(account: PluginAPI.LinkedAccount(account), isRevoked: isRevoked)
    }

    private func send(
        _ request: PluginAPI.HTTPRequest, to provider: any AccountProvider, with credential: String
    ) async throws(HTTPFault) -> PluginAPI.HTTPResponse {
        var request = request
        // A plugin names a path; where it leads is the provider's to say.
        guard request.target.utf8.first == UInt8(ascii: "/") else { throw .notAllowed }
        request.target = provider.baseURL + request.target
        provider.authorize(&request, with: credential)
        do {
            let answer = try await http.send(request, for: provider.id)
            metrics.accountCall(provider.id, status: "\(answer.status)")
            return answer
        } catch {
            metrics.accountCall(provider.id, status: "\(error)")
            throw error
        }
    }
}

extension PluginAPI.LinkedAccount {
    init(_ account: BotStore.LinkedAccount) {
        self.init(userID: account.providerUserID, name: account.name, email: account.email ?? "")
    }
}

extension PersonKey {
    init(_ person: Person) {
        self.init(enterpriseID: person.organizationID, teamID: person.teamID, userID: person.id)
    }
}
