// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with: imports are private unless said otherwise, existentials are
/// written out, and a warning is an error. Dependencies keep their own settings.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let configuration = product(name: "Configuration", package: "swift-configuration")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let logging = product(name: "Logging", package: "swift-log")
    static let metrics = product(name: "Metrics", package: "swift-metrics")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let nioWebSocket = product(name: "NIOWebSocket", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let systemPackage = product(name: "SystemPackage", package: "swift-system")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let yams = product(name: "Yams", package: "Yams")
}

/// A plugin is a module of its own, in a folder of its own, that sees the contract and (where it is about
/// PagerDuty) PagerDuty's words, and nothing else.
func plugin(_ folder: String, _ dependencies: [Target.Dependency] = ["PluginAPI", "PagerDutyKit"]) -> Target {
    .target(
        name: "\(folder)Plugin", dependencies: dependencies, path: "Sources/Plugins/\(folder)", swiftSettings: house)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: house)
}

let bundledPlugins: [Target.Dependency] = [
    "HelpPlugin", "TriggerPlugin", "OnCallPlugin", "InvitePlugin", "UnlinkPlugin", "InsightsPlugin",
    "IncidentsPlugin",
    // new-plugin: dependency
]

let package = Package(
    name: "bothost",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bothost", targets: ["BotHostMain"]),
        .library(name: "BotHostCLI", targets: ["BotHostCLI"]),
        .library(name: "PluginAPI", targets: ["PluginAPI"]),
        .library(name: "PluginTestKit", targets: ["PluginTestKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The contract: no package dependency at all.
        .target(name: "PluginAPI", swiftSettings: house),

        // A bot in memory, for the tests of plugins. No package dependency either.
        .target(name: "PluginTestKit", dependencies: ["PluginAPI"], swiftSettings: house),

        // What the bytes of the two services mean. No sockets, no clock, no retries.
        .target(name: "SlackKit", dependencies: ["PluginAPI", .crypto, .httpTypes], swiftSettings: house),
        .target(name: "PagerDutyKit", dependencies: ["PluginAPI", .crypto], swiftSettings: house),

        // What draws shapes, and text in every script.
        .systemLibrary(
            name: "CPangoCairo", pkgConfig: "pangocairo",
            providers: [.apt(["libpango1.0-dev"]), .brew(["pango"])]),
        // Charts as pictures.
        .target(name: "ChartDrawing", dependencies: ["CPangoCairo", "PluginAPI"], swiftSettings: house),

        // Plugins, a module each.
        plugin("Help", ["PluginAPI"]),
        plugin("Trigger"),
        plugin("OnCall"),
        plugin("Invite"),
        plugin("Unlink", ["PluginAPI"]),
        plugin("Insights"),
        plugin("Incidents"),
        // new-plugin: target

        // What people ask chat-ops bots for, to read and to copy; not part of the executable.
        .target(
            name: "ExamplePlugins", dependencies: ["PluginAPI"], path: "Examples/Plugins", swiftSettings: house),

        // What survives a restart.
        .target(name: "BotStore", dependencies: ["CLibPQ", .crypto, .grdb], swiftSettings: house),
        // PostgreSQL's own client library, as the system has it.
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),

        // Sockets, pipeline, policy. Knows nothing of PagerDuty.
        .target(
            name: "BotHost",
            dependencies: [
                "PluginAPI", "SlackKit", "BotStore", "ChartDrawing", .asyncHTTPClient, .configuration, .crypto,
                .httpTypes,
                .hummingbird, .hummingbirdCore, .logging, .metrics, .nioCore, .nioHTTP1, .nioPosix, .nioSSL, .nioWebSocket,
                .serviceLifecycle,
            ],
            resources: [.embedInCode("Pages/page.css")], swiftSettings: house),

        // A simulated Slack and a simulated PagerDuty. Shares no decoder with what it tests.
        .target(
            name: "Sandbox",
            dependencies: [
                .asyncHTTPClient, .crypto, .httpTypes, .hummingbird, .logging, .nioCore, .nioHTTP1, .nioPosix,
                .nioWebSocket, .serviceLifecycle,
            ],
            resources: [.embedInCode("Pages")], swiftSettings: house),

        // The command line: the only place that knows all. A library, so that a bot of one's own can be made of it.
        .target(
            name: "BotHostCLI",
            dependencies: [
                "BotHost", "BotStore", "PagerDutyKit", "PluginAPI", "Sandbox", "SlackKit", .argumentParser,
                .configuration, .logging, .metrics, .serviceLifecycle, .systemPackage, .unixSignals,
                .yams,
            ] + bundledPlugins, swiftSettings: house),

        .executableTarget(name: "BotHostMain", dependencies: ["BotHostCLI"], swiftSettings: house),

        // What the benchmark compares the host with: the same bytes from a bare handler.
        .executableTarget(
            name: "BenchReference", dependencies: [.hummingbird, .nioCore], path: "Benchmarks/BenchReference",
            swiftSettings: house),

        tests("PluginAPITests", ["PluginAPI"]),
        tests("ChartDrawingTests", ["ChartDrawing", "PluginAPI"]),
        // new-plugin: tests
        tests(
            "PluginTestKitTests",
            [
                "HelpPlugin", "IncidentsPlugin", "InsightsPlugin", "InvitePlugin", "OnCallPlugin", "PluginAPI",
                "PluginTestKit", "TriggerPlugin", "UnlinkPlugin",
            ]),
        tests("BotHostCLITests", ["BotHostCLI"]),
        tests("ExamplePluginsTests", ["ExamplePlugins", "PluginAPI", "PluginTestKit"]),
        tests("SlackKitTests", ["SlackKit", "PluginAPI", .httpTypes]),
        tests(
            "PagerDutyKitTests",
            [
                "IncidentsPlugin", "InsightsPlugin", "InvitePlugin", "OnCallPlugin", "PagerDutyKit", "PluginAPI",
                "PluginTestKit", "TriggerPlugin", "UnlinkPlugin", .crypto,
            ]),
        // A PostgreSQL server that the tests start and stop.
        .target(name: "TestDatabase", path: "Tests/TestDatabase", swiftSettings: house),
        tests("BotStoreTests", ["BotStore", "TestDatabase", .grdb]),
        tests(
            "BotHostTests",
            [
                "BotHost", "BotStore", "PluginAPI", "SlackKit", .configuration, .httpTypes, .hummingbird, .logging,
                .metrics, .nioCore, .nioEmbedded, .nioHTTP1, .serviceLifecycle,
            ]),
        tests(
            "SandboxTests",
            ["Sandbox", .asyncHTTPClient, .crypto, .httpTypes, .hummingbird, .logging, .nioCore, .nioHTTP1]),
        tests("ArchitectureTests", []),
        // The whole system: real host, both simulators, over loopback.
        tests(
            "ScenarioTests",
            [
                "BotHost", "BotHostCLI", "BotStore", "PagerDutyKit", "PluginAPI", "Sandbox", "SlackKit", "TestDatabase",
                .asyncHTTPClient, .httpTypes, .hummingbird, .hummingbirdCore, .logging, .nioCore, .nioHTTP1,
                .serviceLifecycle,
            ]),
    ]
)
