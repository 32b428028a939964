public import FoundationEssentials
public import PluginAPI
public import Testing
import Synchronization

/// A bot in memory with one plugin, or several: people type commands, press buttons and fill in forms, time passes when
/// the test says so, and the test looks at what people see.
///
/// ```swift
/// @Test func `coffee is ordered for somebody`() async throws {
///     let bot = try TestBot(Coffee.self)
///     let (ada, ben) = (bot.person("Ada"), bot.person("Ben"))
///     let answer = try await ada.types("/pd brew \(ben) 2", in: bot.channel("general"))
///     #expect(answer.text == "Ordered 2 for @Ben")
///     try await ben.presses("Done", on: answer)
/// }
/// ```
///
/// Routing, argument parsing, forms of arguments and Slack's limits are the host's own code. In the place of the host's
/// store, queue and outbound calls stand fakes; `plugins.json` lets everybody use everything. Whatever a test did not
/// set up fails by name when a plugin asks for it.
public final class TestBot: Sendable {
    /// The simulated Slack: what it answers, and what it was asked.
    public let slack: TestSlack
    package let host: FakeHost
    let table: RouteTable
    let settings: [String: any PluginSettings]
    /// The workspace that people and channels belong to where a test says nothing else.
    public let workspace: Workspace

    /// A bot with a plugin.
    /// - Parameters:
    ///   - plugin: The plugin under test.
    ///   - settings: Its settings, as `plugins.json` would say them.
    ///   - others: Plugins beside it, with their defaults.
    ///   - slash: The slash command under which the commands stand.
    ///   - location: Where a fault is shown that the plugin must not have.
    /// - Throws: ``KitProblem`` with what the start of the host would refuse: a word, an id or a job claimed twice.
    public convenience init<P: Plugin>(
        _ plugin: P.Type, settings: P.Settings = P.Settings(), beside others: [any Plugin.Type] = [],
        slash: String = "/pd", at location: SourceLocation = #_sourceLocation
    ) throws {
        let host = FakeHost(
            slashCommand: slash, report: { Issue.record(Comment(rawValue: $0), sourceLocation: location) })
        try self.init([plugin] + others, settings: [P.manifest.id: settings], host: host)
    }

    package init(_ plugins: [any Plugin.Type], settings: [String: any PluginSettings] = [:], host: FakeHost) throws {
        let registered = plugins.map { Self.registered($0) }
        do {
            table = try RouteTable(registered)
        } catch {
            throw KitProblem(error.problems.joined(separator: "\n"))
        }
        self.host = host
        self.settings = settings
        slack = TestSlack(host: host)
        workspace = Workspace(id: "T0HOME", name: "Home", botUserID: "U0BOT")
        let (table, slash) = (table, host.slashCommand)
        host.state.withLock { state in
            state.manifests = Dictionary(registered.map { ($0.id, $0.manifest) }) { first, _ in first }
            state.commands = table.commands(under: slash)
        }
    }

    private static func registered<P: Plugin>(_ plugin: P.Type) -> RegisteredPlugin { RegisteredPlugin(plugin) }

    // MARK: People and places

    /// Makes a person, or finds the one with this name.
    /// - Parameters:
    ///   - name: What people call them; their id is made of it.
    ///   - workspace: Where they belong; the bot's workspace where nothing is said.
    public func person(_ name: String, of workspace: Workspace? = nil) -> TestPerson {
        let home = (workspace ?? self.workspace).id
        let record = host.state.withLock { state in
            if let known = state.screen.people.first(where: { $0.name == name && $0.workspaceID == home }) {
                return known
            }
            let id = Self.id("U0", name, taken: Set(state.screen.people.map(\.id)))
            let person = TestPersonRecord(
                id: id, workspaceID: home, name: name, email: "\(name.lowercased())@example.com")
            state.screen.people.append(person)
            return person
        }
        return TestPerson(bot: self, workspace: workspace ?? self.workspace, record: record)
    }

    /// Makes a channel, or finds the one with this name.
    /// - Parameters:
    ///   - name: Its name without the `#`.
    ///   - workspace: Where it is; the bot's workspace where nothing is said.
    public func channel(_ name: String, of workspace: Workspace? = nil) -> TestChannel {
        let home = (workspace ?? self.workspace).id
        let record = host.state.withLock { state in
            if let known = state.screen.channels.first(where: { $0.name == name && $0.workspaceID == home }) {
                return known
            }
            let id = Self.id("C0", name, taken: Set(state.screen.channels.map(\.id)))
            let channel = TestChannelRecord(id: id, workspaceID: home, name: name)
            state.screen.channels.append(channel)
            return channel
        }
        return TestChannel(bot: self, record: record)
    }

    /// Another workspace that the same bot serves: nothing of one may be seen in the other.
    public func anotherWorkspace(_ name: String) -> Workspace {
        Workspace(id: Self.id("T0", name, taken: []), name: name, botUserID: "U0BOT")
    }

    private static func id(_ prefix: String, _ name: String, taken: Set<String>) -> String {
        let letters = name.uppercased().unicodeScalars.filter { ("A"..."Z").contains($0) || ("0"..."9").contains($0) }
        let plain = prefix + String(String.UnicodeScalarView(letters.prefix(20)))
        guard plain == prefix || taken.contains(plain) else { return plain }
        return (2...).lazy.map { "\(plain)\($0)" }.first { !taken.contains($0) } ?? plain
    }

    // MARK: What else a plugin meets

    /// What the plugin is told the time is; ``passes(_:)`` moves it.
    public var now: Date { host.now() }

    /// A service on which people have accounts.
    /// - Parameters:
    ///   - id: The provider's id, as in the plugin's manifest.
    ///   - provider: Says what is a read there; where there is none, `GET` and `HEAD` are.
    public func account(_ id: String, provider: (any AccountProvider)? = nil) -> TestAccount {
        host.state.withLock { state in
            if state.accounts[id] == nil {
                var account = FakeAccount()
                account.provider = provider
                account.mapped = MappedAccount(id: "ACCOUNT", name: "example")
                state.accounts[id] = account
            }
        }
        return TestAccount(host: host, id: id)
    }

    /// Says what another service answers to a request; the last answer to the same request stays.
    /// - Parameters:
    ///   - request: Its method and address: `GET https://status.example.com/now`.
    ///   - status: The status.
    ///   - json: The body.
    public func web(_ request: String, answers json: JSONValue, status: Int = 200) {
        host.state.withLock { $0.http[request, default: []].append(.json(json, status: status)) }
    }

    /// Whether the store answers. While it is away, every read and write of the plugin fails.
    public func store(isAway: Bool) {
        host.state.withLock { $0.memory.fault = isAway ? .unavailable : nil }
    }

    /// Jobs that wait for their time, by kind.
    public var waitingJobs: [String] { host.jobs.map(\.kind) }

    /// Jobs that were given up, each with the reason.
    public var givenUpJobs: [String] { host.state.withLock(\.queue.discarded) }

    /// What was noted for good, action and subject.
    public var audited: [String] { host.audited }

    /// What the plugin logged, level and message.
    public var logged: [String] { host.state.withLock(\.logged) }
}

extension HTTPResponse {
    package static func json(_ json: JSONValue, status: Int) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [("content-type", "application/json")], body: Array(json.description.utf8))
    }
}
