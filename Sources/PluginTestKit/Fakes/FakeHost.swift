package import FoundationEssentials
package import PluginAPI
package import Synchronization

/// What a context stands on in a test: whatever a test did not set up fails by name when it is asked for.
package final class FakeHost: HostServices {
    package struct State: Sendable {
        package var now = Date(timeIntervalSince1970: 1_750_000_000)
        package var slack = FakeSlack()
        /// Services with accounts, by the provider's id.
        package var accounts: [String: FakeAccount] = [:]
        /// Answers of other services by `GET https://…`, in the order in which they are given out; the last one stays.
        package var http: [String: [HTTPResponse]] = [:]
        package var sent: [HTTPRequest] = []
        package var memory = FakeMemory()
        package var queue = FakeQueue()
        package var screen = Screen()
        /// Live messages in the order in which they were shown, each as often as it was.
        package var shown: [Shown] = []
        package var audited: [String] = []
        package var logged: [String] = []
        /// What the plugins say of themselves, by id.
        package var manifests: [String: Manifest] = [:]
        package var commands: [PluginCommands] = []

        package var jobs: [JobRequest] {
            get { queue.waiting.map(\.request) }
            set { queue.keepOnly(newValue) }
        }
    }

    /// A live message.
    package struct Shown: Sendable {
        package var message: Message
        package var key: String
        package var channel: String
        package var urgency = MessageUrgency.normal
        package var parent: String?
    }

    /// Something was asked that the test did not set up.
    package struct NotSetUp: Error, CustomStringConvertible {
        package let description: String
    }

    package let state: Mutex<State>
    package let slashCommand: String
    private let report: @Sendable (String) -> Void
    /// True where whatever was not set up fails as it could in real life, instead of failing the test.
    private let isBare: Bool

    /// - Parameters:
    ///   - slashCommand: The slash command of the host.
    ///   - report: Is told what the plugin must not do.
    ///   - isBare: Whatever was not set up fails as it could in real life, instead of failing the test.
    ///   - prepare: Sets up what may be asked for.
    package init(
        slashCommand: String, isBare: Bool = false, report: @escaping @Sendable (String) -> Void,
        _ prepare: (inout State) -> Void = { _ in }
    ) {
        self.slashCommand = slashCommand
        self.report = report
        self.isBare = isBare
        var state = State()
        prepare(&state)
        self.state = Mutex(state)
    }

    package var jobs: [JobRequest] { state.withLock(\.jobs) }
    package var shown: [Shown] { state.withLock(\.shown) }
    /// What was audited, action and subject.
    package var audited: [String] { state.withLock(\.audited) }
    package var values: [String: StoredValue] { state.withLock(\.memory.byKey) }

    package func now() -> Date { state.withLock(\.now) }

    /// Tells of something that the plugin must not do.
    package func complain(_ problem: String) { report(problem) }

    /// - Parameter inRealLife: How the same could fail outside of a test.
    func notSetUp(_ what: String, inRealLife: any Error) -> any Error {
        guard !isBare else { return inRealLife }
        report("\(what), which the test did not set up")
        return NotSetUp(description: what)
    }

    // MARK: Work, notes

    package func enqueue(_ job: JobRequest, for core: ContextCore) async throws {
        try state.withLock { state in
            if let fault = state.memory.fault { throw fault }
            state.queue.add(job, for: core, now: state.now)
        }
    }

    package func cancelJobs(uniqueKey: String, for core: ContextCore) async throws {
        state.withLock { $0.queue.cancel(uniqueKey, for: core) }
    }

    package func permittedCommands(for core: ContextCore) async -> [PluginCommands] { state.withLock(\.commands) }

    package func audit(_ action: String, _ subject: String, for core: ContextCore) async throws {
        state.withLock { $0.audited.append("\(action) \(subject)") }
    }

    package func log(_ level: LogLevel, _ message: String, _ details: [String: String], for core: ContextCore) {
        state.withLock { $0.logged.append("\(level) \(message)") }
    }

    // MARK: Memory

    private func place(_ key: String, _ core: ContextCore) -> ValuePlace {
        ValuePlace(plugin: core.pluginID, workspace: core.workspace.id, key: key)
    }

    package func value(_ key: String, for core: ContextCore) async throws -> StoredValue? {
        try state.withLock { try $0.memory.value(at: place(key, core), now: $0.now) }
    }

    package func put(
        _ bytes: [UInt8], at key: String, expecting version: Int64?, expires: Date?, for core: ContextCore
    ) async throws {
        try state.withLock { state in
            let now = state.now
            try state.memory.put(bytes, at: place(key, core), expecting: version, expires: expires, now: now)
        }
    }

    package func deleteValue(_ key: String, for core: ContextCore) async throws {
        try state.withLock { try $0.memory.delete(place(key, core)) }
    }

    package func values(
        prefix: String, limit: Int, after: String?, for core: ContextCore
    ) async throws -> [StoredValue] {
        try state.withLock { state in
            try state.memory.values(
                of: core.pluginID, in: core.workspace.id, prefix: prefix, limit: limit, after: after, now: state.now)
        }
    }
}
