import Foundation
import Testing

/// What authors of plugins build on is written down, so that nothing of it goes or changes unseen.
@Suite struct InterfaceTests {
    let tree = SourceTree.here

    @Test(arguments: ["PluginAPI", "PluginTestKit", "BotHostCLI"])
    func `all of the public interface that docs/api tells is there`(module: String) throws {
        let folder = "Sources/\(module)"
        let now = try PublicInterface(of: tree.swiftFiles(under: folder), under: folder).text
        let path = "docs/api/\(module).txt"
        if ProcessInfo.processInfo.environment["RECORD_INTERFACE"] != nil {
            try Data(now.utf8).write(to: tree.root.appending(path: path))
        }
        let gone = try Self.declarations(tree.text(of: path)).subtracting(Self.declarations(now))
        #expect(
            gone.isEmpty,
            """
            Gone or changed, and plugins may be written against it: \(gone.sorted().prefix(20)). docs/PluginAPI.md says what is \
            promised. Where it must be: RECORD_INTERFACE=1 swift test --filter InterfaceTests
            """)
    }

    private static func declarations(_ text: String) -> Set<Substring> {
        Set(text.split(separator: "\n").filter { !$0.hasPrefix("#") })
    }
}
