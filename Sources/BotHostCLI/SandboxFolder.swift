import BotHost
import Foundation
import PluginAPI

/// Where the sandbox's host keeps its database.
struct SandboxFolder: Sendable {
    let path: String
    private let isTemporary: Bool

    /// - Parameter path: `nil` for a folder of the moment.
    init(_ path: String?) throws {
        isTemporary = path == nil
        self.path =
            path
            ?? FileManager.default.temporaryDirectory
            .appending(path: "bothost-sandbox-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: self.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    var database: String { "sqlite:\(path)/bothost.sqlite" }

    /// The given file, or where there is none, one that switches every compiled plugin on.
    func pluginsFile(_ given: String) throws -> String {
        if FileManager.default.fileExists(atPath: given) { return given }
        let all = Dictionary(Bot.plugins.map { ($0.id, JSONValue.object([:])) }) { first, _ in first }
        let file = "\(path)/plugins.json"
        try Data(JSONValue.object(["plugins": .object(all)]).encoded).write(to: URL(filePath: file))
        return file
    }

    func remove() {
        guard isTemporary else { return }
        try? FileManager.default.removeItem(atPath: path)
    }
}
