/// What one module may import, and why no more.
struct Boundary {
    let module: String
    let folder: String
    let mayImport: Set<String>
    let reason: String

    /// Parts of the Swift toolchain that hold no policy of their own.
    static let standard: Set<String> = ["FoundationEssentials", "Synchronization"]

    /// Modules of the toolchain that only the outer modules may use: calendars with names, files, processes, signals.
    static let system: Set<String> = standard.union(["Darwin", "Dispatch", "Foundation", "Glibc", "Musl"])

    /// The directions in which modules may see each other. A plugin's folder that is not named here is held to
    /// `Boundary.plugin`.
    static let all: [Boundary] = [
        Boundary(
            module: "PluginAPI", folder: "Sources/PluginAPI", mayImport: standard,
            reason: "the contract has no dependency, so that a plugin builds and tests in seconds anywhere"),
        Boundary(
            module: "PluginTestKit", folder: "Sources/PluginTestKit",
            mayImport: standard.union(["PluginAPI", "Testing"]),
            reason: "the tests of a plugin build in seconds anywhere, so the kit knows the contract and nothing else"),
        Boundary(
            module: "ChartDrawing", folder: "Sources/ChartDrawing",
            mayImport: standard.union(["CPangoCairo", "PluginAPI"]),
            reason: "the only module that draws: it knows what a chart holds, and neither who made it nor where it goes"
        ),
        Boundary(
            module: "SlackKit", folder: "Sources/SlackKit",
            mayImport: standard.union(["Crypto", "HTTPTypes", "PluginAPI"]),
            reason: "what Slack's bytes mean needs no socket, no clock and no other service"),
        Boundary(
            module: "PagerDutyKit", folder: "Sources/PagerDutyKit",
            mayImport: standard.union(["Crypto", "PluginAPI"]),
            reason: "what PagerDuty's bytes mean needs no socket, no clock and no other service"),
        Boundary(
            module: "BotStore", folder: "Sources/BotStore",
            mayImport: system.union(["CLibPQ", "Crypto", "GRDB", "PluginAPI"]),
            reason: "what survives a restart is the only module that knows a database, and knows no service"),
        Boundary(
            module: "BotHost", folder: "Sources/BotHost",
            mayImport: system.union([
                "AsyncHTTPClient", "BotStore", "ChartDrawing", "Configuration", "Crypto", "HTTPTypes", "Hummingbird",
                "HummingbirdCore", "Logging", "Metrics", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
                "NIOWebSocket", "PluginAPI", "ServiceLifecycle", "SlackKit",
            ]),
            reason: "the host runs any plugin, so it knows Slack and no other service, no plugin and no simulator"),
        Boundary(
            module: "Sandbox", folder: "Sources/Sandbox",
            mayImport: system.union([
                "AsyncHTTPClient", "Crypto", "HTTPTypes", "Hummingbird", "Logging", "NIOCore", "NIOFoundationCompat",
                "NIOHTTP1", "NIOPosix", "NIOWebSocket", "ServiceLifecycle",
            ]),
            reason: "a simulator that shared a decoder with the code under test would share its mistakes"),
        Boundary(
            module: "BotHostMain", folder: "Sources/BotHostMain", mayImport: ["BotHostCLI"],
            reason: "the executable is the command line with the plugins of this package, and nothing else"),
        Boundary(
            module: "BotHostCLI", folder: "Sources/BotHostCLI",
            mayImport: system.union([
                "ArgumentParser", "BotHost", "BotStore", "Configuration", "Logging", "Metrics", "PagerDutyKit",
                "PluginAPI", "Sandbox", "ServiceLifecycle", "SlackKit", "SystemPackage", "UnixSignals", "Yams",
            ]).union(bundledPlugins.map { "\($0)Plugin" }),
            reason: "the command line puts the parts together and does nothing else"),
    ]

    /// The plugins that this package ships.
    static let bundledPlugins = [
        "Help", "Incidents", "Insights", "Invite", "OnCall", "Trigger", "Unlink",
        // new-plugin: plugin
    ]

    /// Plugins that are not about PagerDuty.
    static let generalPlugins: Set<String> = [
        "Help", "Unlink",
        // new-plugin: general
    ]

    /// The boundary of a plugin's folder.
    static func plugin(_ folder: String) -> Boundary {
        let general = generalPlugins.contains(folder)
        return Boundary(
            module: "\(folder)Plugin", folder: "Sources/Plugins/\(folder)",
            mayImport: standard.union(general ? ["PluginAPI"] : ["PagerDutyKit", "PluginAPI"]),
            reason: general
                ? "a plugin sees the contract only"
                : "a plugin sees the contract and PagerDuty's words: no host, no socket, no store, no other plugin")
    }
}
