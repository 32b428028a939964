// swift-tools-version: 6.2
import PackageDescription

/// A plugin is a module of its own that sees the contract and nothing else.
func plugin(_ folder: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: "\(folder)Plugin", dependencies: dependencies, path: "Sources/Plugins/\(folder)")
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies)
}

extension Target.Dependency {
    static let pluginAPI = product(name: "PluginAPI", package: "bothost")
    static let pluginTestKit = product(name: "PluginTestKit", package: "bothost")
    static let botHostCLI = product(name: "BotHostCLI", package: "bothost")
}

let plugins: [Target.Dependency] = [
    "LunchPlugin"
    // new-plugin: dependency
]

let package = Package(
    name: "custom-bot",
    platforms: [.macOS(.v15)],
    dependencies: [
        // Outside of this repository: .package(url: "https://…/bothost", from: "…")
        .package(name: "bothost", path: "../..")
    ],
    targets: [
        .executableTarget(name: "CustomBot", dependencies: [.botHostCLI] + plugins),
        plugin("Lunch", [.pluginAPI]),
        // new-plugin: target
        tests("LunchPluginTests", ["LunchPlugin", .pluginTestKit]),
        // new-plugin: tests
    ]
)
