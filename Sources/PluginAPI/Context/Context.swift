public import FoundationEssentials

/// What a handler is given: where the request came from, the plugin's settings there, and everything it may do.
///
/// A context belongs to one plugin and one workspace. There is no way from it to a token, to another plugin's data or to
/// another workspace's.
public struct Context<Owner: Plugin>: Sendable {
    /// The plugin's settings in this workspace.
    public let settings: Owner.Settings
    package let core: ContextCore

    package init(core: ContextCore, settings: Owner.Settings) {
        self.core = core
        self.settings = settings
    }

    /// The workspace.
    public var workspace: Workspace { core.workspace }
    /// Who asked. For a job: who caused it, and `nil` where nobody did.
    public var person: Person? { core.person }
    /// Where it was asked; `nil` in a shortcut from the composer, on the Home tab, in a schedule.
    public var channel: Channel? { core.channel }
    /// Names this request in logs, in error messages to people and in `bothost trace`.
    public var traceID: String { core.traceID }
    /// The time. Ask this, not the system, so that a test can let time pass.
    public var now: Date { core.services.now() }
    /// The slash command of the host in this installation, such as `/pd`.
    public var slashCommand: String { core.services.slashCommand }

    /// Slack's Web API with the workspace's bot token.
    public var slack: SlackClient { SlackClient(core: core) }
    /// Messages that the host keeps as they should be.
    public var messages: LiveMessages { LiveMessages(core: core) }
    /// The plugin's own key-value store in this workspace.
    public var store: KeyValueStore { KeyValueStore(core: core) }
    /// Work for later.
    public var jobs: JobQueue { JobQueue(core: core) }
    /// Other services over HTTPS, as far as the manifest names them.
    public var http: HTTPClient { HTTPClient(core: core) }
    /// The commands that this person may use here.
    public var commands: CommandCatalogue { CommandCatalogue(core: core) }
    /// Notes for good that somebody did something, or tried what was refused.
    /// - Parameters:
    ///   - action: A stable word of the plugin's own, such as `incident.click_refused`.
    ///   - subject: To what: an id, nothing secret.
    /// - Throws: ``StoreFault`` where it could not be noted.
    public func audit(_ action: String, _ subject: String) async throws {
        try await core.services.audit(action, subject, for: core)
    }
    /// Structured logging that carries the trace id. Never log a token or a whole request.
    public var log: Log { Log(core: core) }

    /// A service on which people have accounts of their own, such as `pagerduty`.
    /// - Parameter provider: The provider's id; the plugin's manifest must list it in `accounts`.
    public func account(_ provider: String) -> AccountAccess { AccountAccess(core: core, provider: provider) }
}

/// A context without its plugin's type.
package struct ContextCore: Sendable {
    package let pluginID: String
    package let workspace: Workspace
    package let person: Person?
    package let channel: Channel?
    package let traceID: String
    package let services: any HostServices

    /// What goes before the plugin's action, block and callback ids on the way to Slack.
    package var idPrefix: String { JSONWriter.idPrefix(of: pluginID) }

    package init(
        pluginID: String, workspace: Workspace, person: Person?, channel: Channel?, traceID: String,
        services: any HostServices
    ) {
        self.pluginID = pluginID
        self.workspace = workspace
        self.person = person
        self.channel = channel
        self.traceID = traceID
        self.services = services
    }
}

/// What the host (or the test kit) puts behind a context. Every call says whose it is, so that one plugin or workspace
/// cannot reach another's.
package protocol HostServices: Sendable {
    func now() -> Date
    var slashCommand: String { get }
    func callSlack(_ method: String, _ arguments: JSONValue, for core: ContextCore) async throws -> JSONValue
    func upload(_ chart: Chart, for core: ContextCore) async throws -> SlackFile
    func show(
        _ message: Message, as key: String, in channel: String, urgency: MessageUrgency, under parent: String?,
        for core: ContextCore
    ) async throws
    func withdraw(_ key: String, in channel: String, for core: ContextCore) async throws
    func shownMessage(_ key: String, in channel: String, for core: ContextCore) async throws -> ShownMessage?
    func messageKey(ts: String, in channel: String, for core: ContextCore) async throws -> String?
    func value(_ key: String, for core: ContextCore) async throws -> StoredValue?
    func put(
        _ bytes: [UInt8], at key: String, expecting version: Int64?, expires: Date?, for core: ContextCore
    ) async throws
    func deleteValue(_ key: String, for core: ContextCore) async throws
    func values(prefix: String, limit: Int, after: String?, for core: ContextCore) async throws -> [StoredValue]
    func enqueue(_ job: JobRequest, for core: ContextCore) async throws
    func cancelJobs(uniqueKey: String, for core: ContextCore) async throws
    func sendHTTP(_ request: HTTPRequest, for core: ContextCore) async throws -> HTTPResponse
    func permittedCommands(for core: ContextCore) async -> [PluginCommands]
    func readAccount(_ request: HTTPRequest, provider: String, for core: ContextCore) async throws -> HTTPResponse
    func actOnAccount(
        _ request: HTTPRequest, provider: String, as person: Person, for core: ContextCore
    ) async throws -> HTTPResponse
    func mappedAccount(provider: String, for core: ContextCore) async throws -> MappedAccount?
    func linkedAccount(provider: String, of person: Person, for core: ContextCore) async throws -> LinkedAccount?
    func linkedPeople(provider: String, userIDs: [String], for core: ContextCore) async throws -> [String: String]
    func unlink(provider: String, person: Person, for core: ContextCore) async throws -> Unlinked?
    func audit(_ action: String, _ subject: String, for core: ContextCore) async throws
    func log(_ level: LogLevel, _ message: String, _ details: [String: String], for core: ContextCore)
}
