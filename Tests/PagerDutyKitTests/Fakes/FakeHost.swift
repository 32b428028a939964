import FoundationEssentials
import PagerDutyKit
import PluginAPI
import Synchronization
import Testing

/// What a context stands on in a test: whatever a test did not set up fails by name when it is asked for.
final class FakeHost: HostServices {
    struct State {
        var now = Date(timeIntervalSince1970: 1_750_000_000)
        /// Answers by `GET /path`, in the order they are given out; the last one stays.
        var pagerDuty: [String: [HTTPResponse]] = [:]
        var slack: [String: [JSONValue]] = [:]
        var slackErrors: [String: SlackError] = [:]
        var linked: [String: LinkedAccount] = [:]
        var mapped: MappedAccount? = MappedAccount(id: "acme", name: "acme")
        var isRevoked = false
        /// Fails with this instead of answering.
        var fault: (any Error & Sendable)?

        var asked: [Asked] = []
        var slackCalls: [(method: String, arguments: JSONValue)] = []
        var shown: [Shown] = []
        var audited: [String] = []
        var jobs: [JobRequest] = []
        var values: [String: StoredValue] = [:]
    }

    /// One request to PagerDuty.
    struct Asked: Equatable {
        /// Nil: with the account's key.
        var person: String?
        var request: HTTPRequest

        var line: String {
            let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            return "\(person ?? "account"): \(request.method) \(request.target)" + (query.isEmpty ? "" : "?\(query)")
        }

        /// The body as JSON.
        var body: JSONValue { (try? JSONValue(decoding: request.body)) ?? .null }
    }

    /// A message that is shown.
    struct Shown {
        var message: Message
        var key: String
        var channel: String
        var urgency = MessageUrgency.normal
        var parent: String?
    }

    struct NotSetUp: Error, CustomStringConvertible {
        var description: String
    }

    let state = Mutex(State())
    let slashCommand = "/pd"

    /// - Parameter prepare: sets up what may be asked for.
    init(_ prepare: (inout State) -> Void = { _ in }) {
        state.withLock { prepare(&$0) }
    }

    var asked: [Asked] { state.withLock(\.asked) }
    /// What PagerDuty was asked, a line each.
    var lines: [String] { asked.map(\.line) }
    var writes: [Asked] { asked.filter { $0.request.method != "GET" && !$0.request.target.hasPrefix("/analytics/") } }
    var jobs: [JobRequest] { state.withLock(\.jobs) }
    var shown: [Shown] { state.withLock(\.shown) }
    /// What was audited, action and subject.
    var audited: [String] { state.withLock(\.audited) }
    var values: [String: StoredValue] { state.withLock(\.values) }

    func now() -> Date { state.withLock(\.now) }

    func callSlack(_ method: String, _ arguments: JSONValue, for core: ContextCore) async throws -> JSONValue {
        try state.withLock { state in
            state.slackCalls.append((method, arguments))
            if let error = state.slackErrors[method] { throw error }
            guard let answers = state.slack[method], let first = answers.first else {
                throw notSetUp("Slack was asked \(method) \(arguments)")
            }
            if answers.count > 1 { state.slack[method]?.removeFirst() }
            return first
        }
    }

    func show(
        _ message: Message, as key: String, in channel: String, urgency: MessageUrgency, under parent: String?,
        for core: ContextCore
    ) async throws {
        let shown = Shown(message: message, key: key, channel: channel, urgency: urgency, parent: parent)
        state.withLock { $0.shown.append(shown) }
    }

    func withdraw(_ key: String, in channel: String, for core: ContextCore) async throws {
        state.withLock { $0.shown.removeAll { $0.key == key && $0.channel == channel } }
    }

    func shownMessage(_ key: String, in channel: String, for core: ContextCore) async throws -> ShownMessage? {
        state.withLock { state in
            // Its place in the list makes a ts of its own for each.
            guard let place = state.shown.firstIndex(where: { $0.key == key && $0.channel == channel }) else {
                return nil
            }
            return ShownMessage(channel: channel, ts: "1700000000.00000\(place)")
        }
    }

    func messageKey(ts: String, in channel: String, for core: ContextCore) async throws -> String? {
        for shown in shown where shown.channel == channel {
            if try await shownMessage(shown.key, in: channel, for: core)?.ts == ts { return shown.key }
        }
        return nil
    }

    func enqueue(_ job: JobRequest, for core: ContextCore) async throws {
        state.withLock { $0.jobs.append(job) }
    }

    func cancelJobs(uniqueKey: String, for core: ContextCore) async throws {
        state.withLock { $0.jobs.removeAll { $0.job.uniqueKey == uniqueKey } }
    }

    func sendHTTP(_ request: HTTPRequest, for core: ContextCore) async throws -> HTTPResponse {
        throw notSetUp("\(request.method) \(request.target) was sent past the account")
    }

    func permittedCommands(for core: ContextCore) async -> [PluginCommands] { [] }

    func audit(_ action: String, _ subject: String, for core: ContextCore) async throws {
        state.withLock { $0.audited.append("\(action) \(subject)") }
    }

    func log(_ level: LogLevel, _ message: String, _ details: [String: String], for core: ContextCore) {}

    private func notSetUp(_ what: String) -> NotSetUp {
        Issue.record("\(what), which the test did not set up")
        return NotSetUp(description: what)
    }
}

extension FakeHost {
    func readAccount(_ request: HTTPRequest, provider: String, for core: ContextCore) async throws -> HTTPResponse {
        let isConnected = state.withLock { $0.mapped != nil }
        let known = PagerDutyAccountProvider()
        guard isConnected else {
            throw AccountError.notConnected(provider: provider, sentence: known.notConnected)
        }
        guard known.isRead(request) else { throw AccountError.notARead }
        return try answer(request, as: nil)
    }

    func actOnAccount(
        _ request: HTTPRequest, provider: String, as person: Person, for core: ContextCore
    ) async throws -> HTTPResponse {
        guard state.withLock({ $0.linked[person.id] != nil }) else { throw AccountError.notLinked(provider: provider) }
        return try answer(request, as: person.id)
    }

    private func answer(_ request: HTTPRequest, as person: String?) throws -> HTTPResponse {
        try state.withLock { state in
            state.asked.append(Asked(person: person, request: request))
            let line = "\(request.method) \(request.target)"
            guard let answers = state.pagerDuty[line], let first = answers.first else {
                throw notSetUp("PagerDuty was asked \(line)")
            }
            if answers.count > 1 { state.pagerDuty[line]?.removeFirst() }
            if let fault = state.fault, first.status == 0 { throw fault }
            return first
        }
    }

    func mappedAccount(provider: String, for core: ContextCore) async throws -> MappedAccount? {
        state.withLock(\.mapped)
    }

    func linkedAccount(provider: String, of person: Person, for core: ContextCore) async throws -> LinkedAccount? {
        state.withLock { $0.linked[person.id] }
    }

    func linkedPeople(provider: String, userIDs: [String], for core: ContextCore) async throws -> [String: String] {
        let linked = state.withLock { $0.linked }
        return Dictionary(linked.map { ($0.value.userID, $0.key) }) { first, _ in first }
            .filter { userIDs.contains($0.key) }
    }

    func unlink(provider: String, person: Person, for core: ContextCore) async throws -> Unlinked? {
        state.withLock { state in
            state.linked.removeValue(forKey: person.id).map { Unlinked(account: $0, isRevoked: state.isRevoked) }
        }
    }
}

extension FakeHost {
    func value(_ key: String, for core: ContextCore) async throws -> StoredValue? { values[key] }

    func put(
        _ bytes: [UInt8], at key: String, expecting version: Int64?, expires: Date?, for core: ContextCore
    ) async throws {
        try state.withLock { state in
            let present = state.values[key]?.version ?? 0
            if let version, version != present { throw StoreFault.conflict }
            state.values[key] = StoredValue(key: key, bytes: bytes, version: present + 1)
        }
    }

    func deleteValue(_ key: String, for core: ContextCore) async throws {
        state.withLock { $0.values[key] = nil }
    }

    func values(prefix: String, limit: Int, after: String?, for core: ContextCore) async throws -> [StoredValue] {
        values.values.filter { $0.key.hasPrefix(prefix) && $0.key > (after ?? "") }.sorted { $0.key < $1.key }
            .prefix(limit).map(\.self)
    }
}
