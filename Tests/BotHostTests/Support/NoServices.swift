import FoundationEssentials
import PluginAPI

/// For handlers that ask for nothing.
struct NoServices: HostServices {
    struct Asked: Error {}

    let slashCommand = "/pd"
    func now() -> Date { ManualClock.start }
    func upload(_ chart: Chart, for core: ContextCore) async throws -> SlackFile {
        throw Asked()
    }
    func callSlack(_ method: String, _ arguments: JSONValue, for core: ContextCore) async throws -> JSONValue {
        throw Asked()
    }
    func show(
        _ message: Message, as key: String, in channel: String, urgency: MessageUrgency, under parent: String?,
        for core: ContextCore
    ) async throws { throw Asked() }
    func withdraw(_ key: String, in channel: String, for core: ContextCore) async throws { throw Asked() }
    func shownMessage(_ key: String, in channel: String, for core: ContextCore) async throws -> ShownMessage? {
        throw Asked()
    }
    func messageKey(ts: String, in channel: String, for core: ContextCore) async throws -> String? { throw Asked() }
    func value(_ key: String, for core: ContextCore) async throws -> StoredValue? { throw Asked() }
    func put(_ bytes: [UInt8], at key: String, expecting version: Int64?, expires: Date?, for core: ContextCore)
        async throws
    {
        throw Asked()
    }
    func deleteValue(_ key: String, for core: ContextCore) async throws { throw Asked() }
    func values(prefix: String, limit: Int, after: String?, for core: ContextCore) async throws -> [StoredValue] {
        throw Asked()
    }
    func enqueue(_ job: JobRequest, for core: ContextCore) async throws { throw Asked() }
    func cancelJobs(uniqueKey: String, for core: ContextCore) async throws { throw Asked() }
    func sendHTTP(_ request: HTTPRequest, for core: ContextCore) async throws -> HTTPResponse { throw Asked() }
    func permittedCommands(for core: ContextCore) async -> [PluginCommands] { [] }
    func readAccount(_ request: HTTPRequest, provider: String, for core: ContextCore) async throws -> HTTPResponse {
        throw Asked()
    }
    func actOnAccount(
        _ request: HTTPRequest, provider: String, as person: Person, for core: ContextCore
    ) async throws -> HTTPResponse { throw Asked() }
    func mappedAccount(provider: String, for core: ContextCore) async throws -> MappedAccount? { throw Asked() }
    func linkedAccount(provider: String, of person: Person, for core: ContextCore) async throws -> LinkedAccount? {
        throw Asked()
    }
    func linkedPeople(provider: String, userIDs: [String], for core: ContextCore) async throws -> [String: String] {
        throw Asked()
    }
    func unlink(provider: String, person: Person, for core: ContextCore) async throws -> Unlinked? { throw Asked() }
    func audit(_ action: String, _ subject: String, for core: ContextCore) async throws { throw Asked() }
    func log(_ level: LogLevel, _ message: String, _ details: [String: String], for core: ContextCore) {}
}
