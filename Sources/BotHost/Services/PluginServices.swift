import BotStore
import Foundation
import Logging
import PluginAPI

/// What stands behind a plugin's context in the running host. Every call is made for one plugin in one workspace, and
/// reaches nothing else.
final class PluginServices: HostServices {
    private let directory: InstallationDirectory
    private let accounts: AccountDirectory
    private let guests: Guests
    let store: any Store
    private let slack: SlackCaller
    private let http: OutboundHTTP
    let files: FileUpload
    private let manifests: [String: Manifest]
    private let catalogue: @Sendable (ContextCore) async -> [PluginCommands]
    private let policy: @Sendable () -> Policy
    let clock: HostClock
    private let logger: Logger

    init(
        directory: InstallationDirectory, accounts: AccountDirectory, guests: Guests, store: any Store,
        slack: SlackCaller, http: OutboundHTTP, files: FileUpload, manifests: [Manifest],
        policy: @escaping @Sendable () -> Policy, clock: HostClock,
        logger: Logger, catalogue: @escaping @Sendable (ContextCore) async -> [PluginCommands]
    ) {
        self.directory = directory
        self.accounts = accounts
        self.guests = guests
        self.store = store
        self.slack = slack
        self.http = http
        self.files = files
        self.manifests = Dictionary(manifests.map { ($0.id, $0) }) { first, _ in first }
        self.policy = policy
        self.clock = clock
        self.logger = logger
        self.catalogue = catalogue
    }

    func now() -> Date { clock.now() }
    var slashCommand: String { policy().command }

    func permittedCommands(for core: ContextCore) async -> [PluginCommands] { await catalogue(core) }

    func log(_ level: PluginAPI.LogLevel, _ message: String, _ details: [String: String], for core: ContextCore) {
        var metadata: Logger.Metadata = [
            "plugin": "\(core.pluginID)", "workspace": "\(core.workspace.id)", "trace": "\(core.traceID)",
        ]
        for (key, value) in details { metadata[key] = "\(value)" }
        switch level {
        case .debug: logger.debug("\(message)", metadata: metadata)
        case .info: logger.info("\(message)", metadata: metadata)
        case .error: logger.error("\(message)", metadata: metadata)
        }
    }

    func audit(_ action: String, _ subject: String, for core: ContextCore) async throws {
        let line = AuditLine(
            at: clock.now(), actor: core.person.map { "\($0.teamID)/\($0.id)" } ?? core.pluginID,
            action: "\(core.pluginID):\(action)", subject: subject, workspace: core.workspace.id)
        do {
            try await store.appendAudit([line])
        } catch {
            throw StoreFault(error)
        }
    }

    // MARK: Slack

    func callSlack(_ method: String, _ arguments: JSONValue, for core: ContextCore) async throws -> JSONValue {
        let served = try await served(core)
        return try await slack.call(
            method, arguments, token: served.installation.botToken, workspace: core.workspace.id)
    }

    // MARK: Memory

    private func scope(_ core: ContextCore) -> ValueScope {
        ValueScope(plugin: core.pluginID, workspace: core.workspace.id)
    }

    func value(_ key: String, for core: ContextCore) async throws -> StoredValue? {
        do {
            return try await store.value(key, in: scope(core), at: clock.now()).map { StoredValue($0) }
        } catch {
            throw StoreFault(error)
        }
    }

    func put(
        _ bytes: [UInt8], at key: String, expecting version: Int64?, expires: Date?, for core: ContextCore
    ) async throws {
        let expected: ValueChange.Expectation = version.map { $0 == 0 ? .absent : .version($0) } ?? .anything
        let change = ValueChange.put(
            Data(bytes), for: key, in: scope(core), expected: expected, expiresAt: expires)
        do {
            _ = try await store.change(change, at: clock.now())
        } catch {
            throw StoreFault(error)
        }
    }

    func deleteValue(_ key: String, for core: ContextCore) async throws {
        do {
            _ = try await store.change(.delete(key, in: scope(core)), at: clock.now())
        } catch {
            throw StoreFault(error)
        }
    }

    func values(prefix: String, limit: Int, after: String?, for core: ContextCore) async throws -> [StoredValue] {
        do {
            return try await store.values(
                prefix: prefix, in: scope(core), at: clock.now(), limit: limit, after: after
            ).map { StoredValue($0) }
        } catch {
            throw StoreFault(error)
        }
    }

    // MARK: Jobs

    func enqueue(_ job: JobRequest, for core: ContextCore) async throws {
        do {
            _ = try await store.enqueue([NewJob(job, for: core, now: clock.now())], at: clock.now())
        } catch let error as StoreError {
            throw StoreFault(error)
        }
    }

    func cancelJobs(uniqueKey: String, for core: ContextCore) async throws {
        do {
            _ = try await store.cancelJobs(
                uniqueKey: NewJob.scoped(uniqueKey, for: core), at: clock.now())
        } catch {
            throw StoreFault(error)
        }
    }

    // MARK: Other services

    func sendHTTP(_ request: PluginAPI.HTTPRequest, for core: ContextCore) async throws -> PluginAPI.HTTPResponse {
        guard let url = URL(string: request.target), url.scheme == "https", url.user == nil, url.password == nil,
            url.port == nil || url.port == 443, let host = url.host?.lowercased(),
            manifests[core.pluginID]?.hosts.contains(host) == true
        else { throw HTTPFault.notAllowed }
        return try await http.send(request)
    }

    func readAccount(
        _ request: PluginAPI.HTTPRequest, provider: String, for core: ContextCore
    ) async throws -> PluginAPI.HTTPResponse {
        try declares(provider, core)
        guard try await accounts.mapped(provider, for: served(core)) != nil else {
            throw AccountError.notConnected(
                provider: provider, sentence: accounts.provider(provider)?.notConnected ?? "")
        }
        return try await accounts.read(request, provider: provider)
    }

    func actOnAccount(
        _ request: PluginAPI.HTTPRequest, provider: String, as person: Person, for core: ContextCore
    ) async throws -> PluginAPI.HTTPResponse {
        try declares(provider, core)
        let served = try await served(core)
        try await guests.refuse(
            person, from: accounts.provider(provider)?.name ?? provider, in: served, audit: store)
        return try await accounts.act(request, provider: provider, as: PersonKey(person), in: served)
    }

    func mappedAccount(provider: String, for core: ContextCore) async throws -> PluginAPI.MappedAccount? {
        try declares(provider, core)
        return try await accounts.mapped(provider, for: served(core))
    }

    func linkedAccount(
        provider: String, of person: Person, for core: ContextCore
    ) async throws -> PluginAPI.LinkedAccount? {
        try declares(provider, core)
        return try await accounts.linked(provider, person: PersonKey(person)).map { PluginAPI.LinkedAccount($0) }
    }

    func linkedPeople(
        provider: String, userIDs: [String], for core: ContextCore
    ) async throws -> [String: String] {
        try declares(provider, core)
        return try await accounts.people(provider, userIDs: userIDs, in: served(core))
    }

    func unlink(provider: String, person: Person, for core: ContextCore) async throws -> Unlinked? {
        try declares(provider, core)
        return try await accounts.unlink(provider, person: PersonKey(person))
    }

    private func declares(_ provider: String, _ core: ContextCore) throws {
        guard manifests[core.pluginID]?.accounts.contains(provider) == true else {
            throw Refusal("The plugin “\(core.pluginID)” does not declare the account “\(provider)” in its manifest.")
        }
    }

    func served(_ core: ContextCore) async throws -> ServedWorkspace {
        let found = try await directory.served(
            teamID: core.workspace.id, enterpriseID: core.workspace.organizationID)
        guard let found, found.installation.state == .active else {
            throw SlackError(code: "account_inactive", sentence: "The app is not installed in this workspace.")
        }
        return found
    }
}

extension StoredValue {
    init(_ value: PluginValue) {
        self.init(key: value.key, bytes: [UInt8](value.data), version: value.version)
    }
}

extension StoreFault {
    init(_ error: StoreError) {
        self =
            switch error.code {
            case .conflict: .conflict
            case .invalid: .tooLarge
            default: .unavailable
            }
    }
}

extension NewJob {
    /// A plugin's job as the store keeps it.
    init(_ request: JobRequest, for core: ContextCore, now: Date) throws {
        let origin = JobOrigin(
            person: core.person, channel: core.channel, enterpriseID: core.workspace.organizationID)
        self.init(
            kind: request.kind, plugin: core.pluginID, workspace: core.workspace.id,
            origin: try JSONEncoder().encode(origin), payload: Data(try request.payload()),
            uniqueKey: request.job.uniqueKey.map { Self.scoped($0, for: core) },
            runAt: now.addingTimeInterval(max(0, request.delay / .seconds(1))),
            maxAttempts: request.attempts, traceID: core.traceID)
    }

    /// A unique key is the plugin's own: no other plugin or workspace shares it.
    static func scoped(_ key: String, for core: ContextCore) -> String {
        "\(core.pluginID)/\(core.workspace.id)/\(key)"
    }
}
