import Testing

@Suite struct BoundaryTests {
    let tree = SourceTree.here

    @Test func `every module imports only what its boundary allows`() throws {
        var findings: [Finding] = []
        let plugins = try tree.folders(under: "Sources/Plugins").map(Boundary.plugin)
        for boundary in Boundary.all + plugins {
            for file in try tree.swiftFiles(under: boundary.folder) {
                for (module, line) in file.imports where !boundary.mayImport.contains(module) {
                    findings.append(
                        Finding(
                            path: file.path, line: line, rule: "\(boundary.module) may not import \(module)",
                            reason: boundary.reason))
                }
            }
        }
        expectNone(findings)
    }

    @Test func `every folder of Sources has a boundary`() throws {
        let known = Set(Boundary.all.map { $0.folder.dropFirst("Sources/".count) }.map(String.init)).union(["Plugins"])
        // A folder without a line of Swift imports nothing: it is the door to a library of the system.
        let unknown = Set(
            try tree.folders(under: "Sources").filter { try !tree.swiftFiles(under: "Sources/\($0)").isEmpty }
        ).subtracting(known)
        #expect(
            unknown.isEmpty,
            "Sources/\(unknown.sorted()) has no line in Boundary.all: say there what it may import, and why no more")
    }

    @Test func `the host never says the name of a service that plugins bring`() throws {
        var findings: [Finding] = []
        for file in try tree.swiftFiles(under: "Sources/BotHost") {
            for (index, line) in file.lines.enumerated() where line.lowercased().contains("pagerduty") {
                findings.append(
                    Finding(
                        path: file.path, line: index + 1, rule: "BotHost must not mention PagerDuty, even in a comment",
                        reason: "a second service is added with a kit and plugins, and no change to the host"))
            }
        }
        expectNone(findings)
    }

    @Test func `Package.swift declares for each target what its boundary allows`() throws {
        let manifest = try PackageManifest(SourceTree.here.text(of: "Package.swift"))
        let plugins = try tree.folders(under: "Sources/Plugins").map(Boundary.plugin)
        var problems: [String] = []
        for boundary in Boundary.all + plugins {
            guard let target = manifest.targets[boundary.module] else {
                problems.append("Package.swift: no target \(boundary.module) for \(boundary.folder)")
                continue
            }
            for dependency in target.subtracting(boundary.mayImport).sorted() {
                problems.append(
                    "Package.swift: \(boundary.module) may not depend on \(dependency) — \(boundary.reason)")
            }
        }
        #expect(problems.isEmpty, "\n\(problems.joined(separator: "\n"))")
    }

    @Test func `every declared dependency is imported somewhere in its target`() throws {
        let manifest = try PackageManifest(SourceTree.here.text(of: "Package.swift"))
        var problems: [String] = []
        for (target, dependencies) in manifest.targets.sorted(by: { $0.key < $1.key }) {
            let files = try tree.swiftFiles(under: manifest.folder(of: target))
            let imported = Set(files.flatMap { $0.imports.map(\.module) })
            for dependency in dependencies.subtracting(imported).sorted() {
                problems.append(
                    "Package.swift: \(target) declares \(dependency) and imports it nowhere — an unused dependency "
                        + "hides a direction that nobody decided")
            }
        }
        #expect(problems.isEmpty, "\n\(problems.joined(separator: "\n"))")
    }
}
