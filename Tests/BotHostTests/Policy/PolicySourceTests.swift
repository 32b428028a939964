import Foundation
import PluginAPI
import Synchronization
import Testing

@testable import BotHost

@Suite struct PolicySourceTests {
    let folder: TestFolder
    let log = LogSink()
    let switches = Mutexed([Policy.Override]())

    init() throws {
        folder = try TestFolder()
        try folder.write(#"{"plugins": {"coffee": {}}}"#, to: "plugins.json")
    }

    private func source() throws -> PolicySource {
        try PolicySource(
            path: folder.path("plugins.json"), plugins: PluginsFileReaderTests.plugins, logger: log.logger(),
            overrides: { switches.values })
    }

    private func isOn(_ plugin: String, _ source: PolicySource) -> Bool? {
        source.policy.terms(for: plugin, in: "T0ACME")?.isEnabled
    }

    @Test func `a changed file is in force at once`() async throws {
        defer { folder.remove() }
        let source = try source()
        #expect(isOn("tea", source) == false)
        try folder.write(#"{"plugins": {"tea": {}}}"#, to: "plugins.json")
        await source.refresh()
        #expect(isOn("tea", source) == true)
        #expect(isOn("coffee", source) == false)
    }

    @Test func `a file with an error is refused whole, and that is said once`() async throws {
        defer { folder.remove() }
        let source = try source()
        try folder.write(#"{"plugins": {"tea": {}, "cofee": {}}}"#, to: "plugins.json")
        for _ in 0..<3 { await source.refresh() }
        #expect(isOn("coffee", source) == true)
        #expect(isOn("tea", source) == false)
        #expect(source.problems.map(\.path) == ["$.plugins.cofee"])
        #expect(log.lines.count { $0.contains("$.plugins.cofee") } == 1)
    }

    @Test func `an error that is taken back is gone, and is said again when it comes back`() async throws {
        defer { folder.remove() }
        let source = try source()
        for _ in 0..<2 {
            try folder.write("{", to: "plugins.json")
            await source.refresh()
            #expect(source.problems.count == 1)
            try folder.write(#"{"plugins": {"coffee": {}}}"#, to: "plugins.json")
            await source.refresh()
            #expect(source.problems.isEmpty)
        }
        #expect(log.lines.count { $0.contains("not valid JSON") } == 2)
    }

    @Test func `a switch of the console holds also while the file has an error`() async throws {
        defer { folder.remove() }
        let source = try source()
        try folder.write("{", to: "plugins.json")
        await source.refresh()
        switches.append(Policy.Override(workspaceID: "T0ACME", pluginID: "coffee", isEnabled: false))
        await source.refresh()
        #expect(isOn("coffee", source) == false)
    }

    @Test func `a file that is gone leaves the policy as it is`() async throws {
        let source = try source()
        folder.remove()
        await source.refresh()
        #expect(isOn("coffee", source) == true)
        #expect(source.problems.first?.problem.contains("cannot be read") == true)
    }

    @Test func `without a file there is no start`() throws {
        folder.remove()
        #expect(throws: PluginsFileReader.Refused.self) { try source() }
    }
}
