/// A service on which people have accounts of their own.
///
/// Reads may be made with the workspace's own credential. Whatever changes something is made with the person's, so that
/// the service decides what the person may do; there is no other way to build such a call.
public struct AccountAccess: Sendable {
    let core: ContextCore
    let provider: String

    package init(core: ContextCore, provider: String) {
        self.core = core
        self.provider = provider
    }

    /// The account that this workspace is connected to.
    /// - Returns: `nil` where it is connected to none.
    public func mapped() async throws -> MappedAccount? {
        try await core.services.mappedAccount(provider: provider, for: core)
    }

    /// Reads something with the workspace's credential.
    /// - Parameter request: Its target is a path; the host puts the service's address before it and the credential on it.
    /// - Throws: ``AccountError/notConnected(provider:sentence:)`` where the workspace is connected to no account, ``HTTPFault``;
    ///   ``AccountError/notARead`` where the provider does not know the request as one that changes nothing.
    public func read(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await core.services.readAccount(request, provider: provider, for: core)
    }

    /// Does something as a person, with the person's own credential.
    /// - Throws: ``AccountError/notLinked(provider:)`` where the person has not linked an account: let it pass, the host
    ///   asks the person to link and resumes what was interrupted.
    public func send(_ request: HTTPRequest, as person: Person) async throws -> HTTPResponse {
        try await core.services.actOnAccount(request, provider: provider, as: person, for: core)
    }

    /// Who the person is on the service.
    /// - Returns: `nil` where the person has not linked an account.
    public func linked(_ person: Person) async throws -> LinkedAccount? {
        try await core.services.linkedAccount(provider: provider, of: person, for: core)
    }

    /// Who in this workspace somebody on the service is.
    /// - Parameter userIDs: The service's ids of users; the first 100 are looked up.
    /// - Returns: Slack's ids of people by the service's ids, of those who have linked their accounts.
    public func people(_ userIDs: [String]) async throws -> [String: String] {
        try await core.services.linkedPeople(provider: provider, userIDs: Array(userIDs.prefix(100)), for: core)
    }

    /// Removes the link between a person and their account, and revokes what can be revoked.
    /// - Returns: What was linked, or `nil` where nothing was.
    public func unlink(_ person: Person) async throws -> Unlinked? {
        try await core.services.unlink(provider: provider, person: person, for: core)
    }
}

/// The account on a service that a workspace is connected to.
public struct MappedAccount: Sendable, Hashable, Codable {
    /// The service's id of the account; empty where the service does not tell.
    public let id: String
    /// A name people know it by, such as its subdomain.
    public let name: String

    /// An account by id and name.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// Who a person is on a service.
public struct LinkedAccount: Sendable, Hashable, Codable {
    /// The service's id of the user.
    public let userID: String
    /// The user's name there.
    public let name: String
    /// The user's e-mail address there.
    public let email: String

    /// A user of a service.
    public init(userID: String, name: String, email: String) {
        self.userID = userID
        self.name = name
        self.email = email
    }
}

/// What unlinking did.
public struct Unlinked: Sendable, Hashable {
    /// Who the person was linked to.
    public let account: LinkedAccount
    /// True where the credential was also made worthless at the service; false where only the host has forgotten it.
    public let isRevoked: Bool

    /// What was unlinked; the host and the test kit make it.
    public init(account: LinkedAccount, isRevoked: Bool) {
        self.account = account
        self.isRevoked = isRevoked
    }
}

/// Why an account could not be used.
public enum AccountError: PersonReadableError, Hashable {
    /// This person has not linked an account. The host asks for it and resumes.
    case notLinked(provider: String)
    /// The link is there but the service no longer accepts it. The host asks for a new one.
    case linkExpired(provider: String)
    /// This workspace is connected to no account.
    case notConnected(provider: String, sentence: String)
    /// A request that changes something was to be sent with the workspace's credential.
    case notARead

    /// One sentence for the person.
    public var sentence: String {
        switch self {
        case .notLinked: "Link your account first."
        case .linkExpired: "Your account must be linked again."
        case .notConnected(_, let sentence): sentence
        case .notARead: "This needs your own account."
        }
    }
}
