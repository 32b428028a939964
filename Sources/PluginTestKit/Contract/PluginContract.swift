public import PluginAPI
public import Testing

/// What every plugin must keep to, as tests that it inherits with one line:
///
/// ```swift
/// @Test(arguments: PluginContract.rules(of: Coffee.self))
/// func contract(rule: ContractRule) async { await rule.holds() }
/// ```
///
/// Each rule drives the plugin through the real router and argument parser with input that nobody would think of, in a
/// workspace where nothing answers and in one that the test prepared. What is wrong is named with what to change.
public enum PluginContract {
    /// The rules.
    /// - Parameters:
    ///   - plugin: The plugin.
    ///   - limit: How long a handler may take, fakes answering at once; a handler that hangs is found by it.
    ///   - prepare: Sets up the workspace where things answer: accounts, people, what Slack and other services say.
    public static func rules<P: Plugin>(
        of plugin: P.Type, within limit: Duration = .seconds(10),
        prepare: @escaping @Sendable (TestBot) -> Void = { _ in }
    ) -> [ContractRule] {
        let exercise = Exercise(plugin: plugin, limit: limit, prepare: prepare)
        return [
            ContractRule("the host can serve it") { Declarations.clashes(of: plugin) },
            ContractRule("it says what it and its commands are for") { Declarations.silences(of: plugin) },
            ContractRule("it reads its settings") { Declarations.settingFaults(of: plugin) },
            ContractRule("every command survives empty, huge and odd input") { await exercise.commands() },
            ContractRule("every button, form, menu and shortcut survives odd input") { await exercise.interactions() },
            ContractRule("every event, schedule and delivery survives odd input") { await exercise.events() },
        ]
    }
}

/// One rule that a plugin must keep to.
public struct ContractRule: Sendable, CustomTestStringConvertible {
    /// The rule in words.
    public let testDescription: String
    private let check: @Sendable () async -> [String]

    init(_ words: String, _ check: @escaping @Sendable () async -> [String]) {
        testDescription = words
        self.check = check
    }

    /// Fails the test once for each fault of the plugin.
    /// - Parameter location: Where the faults are shown.
    public func holds(at location: SourceLocation = #_sourceLocation) async {
        for finding in await findings() { Issue.record(Comment(rawValue: finding), sourceLocation: location) }
    }

    /// Every fault once, each with what to change.
    package func findings() async -> [String] {
        var seen: Set<String> = []
        return await check().filter { seen.insert($0).inserted }
    }
}
