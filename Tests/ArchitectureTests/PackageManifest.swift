/// The targets that Package.swift declares and the modules that each depends on, read from its text.
///
/// Asking SwiftPM would be better, but `swift package` waits for the lock that a running `swift test` holds.
struct PackageManifest {
    /// A target's name to the names of the modules that it depends on.
    let targets: [String: Set<String>]

    init(_ text: String) throws {
        let code = Self.withoutComments(text)
        var products: [String: String] = [:]
        for match in code.matches(of: /static let (\w+) = product\(name: "(\w+)"/) {
            products[String(match.1)] = String(match.2)
        }
        var lists: [String: Set<String>] = [:]
        for match in code.matches(of: /let (\w+): \[Target\.Dependency\] = \[([^\]]*)\]/) {
            lists[String(match.1)] = Self.modules(in: match.2, products: products)
        }
        var targets: [String: Set<String>] = [:]
        let declared =
            /\.(?:executableTarget|testTarget|target)\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\](?: \+ (\w+))?)?/
        for match in code.matches(of: declared) {
            targets[String(match.1)] = Self.modules(in: match.2 ?? "", products: products)
                .union(match.3.flatMap { lists[String($0)] } ?? [])
        }
        for match in code.matches(of: /\btests\(\s*"(\w+)",\s*\[([^\]]*)\](?: \+ (\w+))?/) {
            targets[String(match.1)] = Self.modules(in: match.2, products: products)
                .union(match.3.flatMap { lists[String($0)] } ?? [])
        }
        for match in code.matches(of: /\bplugin\("(\w+)"(?:, \[([^\]]*)\])?\)/) {
            targets["\(match.1)Plugin"] =
                match.2.map { Self.modules(in: $0, products: products) }
                ?? ["PagerDutyKit", "PluginAPI"]
        }
        self.targets = targets
    }

    /// Where a target's files are.
    func folder(of target: String) -> String {
        if target.hasSuffix("Tests") || target.hasPrefix("Test") { return "Tests/\(target)" }
        if target.hasSuffix("Plugin") { return "Sources/Plugins/\(target.dropLast("Plugin".count))" }
        if target == "ExamplePlugins" { return "Examples/Plugins" }
        if target.hasPrefix("Bench") { return "Benchmarks/\(target)" }
        return "Sources/\(target)"
    }

    private static func withoutComments(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in line.firstRange(of: /(?:^|\s)\/\/.*$/).map { line[..<$0.lowerBound] } ?? line }
            .joined(separator: "\n")
    }

    private static func modules(in list: Substring, products: [String: String]) -> Set<String> {
        var found = Set(list.matches(of: /"(\w+)"/).map { String($0.1) })
        for match in list.matches(of: /\.(\w+)/) {
            found.insert(products[String(match.1)] ?? "unknown product .\(match.1)")
        }
        return found
    }
}
