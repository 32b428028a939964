import Foundation
import Testing

@testable import Sandbox

extension Persona {
    /// Starts a workflow with the app's step in it.
    /// - Returns: The execution's id.
    @discardableResult func runs(
        _ step: String, _ inputs: [String: JSON], in channel: Place = .general,
        at place: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let answer = try await stage.access.control(
            "slack/workflow",
            [
                "team": .string(team), "user": .string(id), "channel": .string(channel.id), "step": .string(step),
                "inputs": .object(inputs),
            ], at: place)
        return try #require(answer["run"]?["id"]?.string, sourceLocation: place)
    }
}

extension Stage {
    /// What Slack knows of an execution.
    func run(_ id: String) async throws -> JSON {
        let runs = try await access.get("/control/slack/workflows").json["runs"]?.array ?? []
        return runs.first { $0["id"]?.string == id } ?? .null
    }

    /// How an execution ended.
    func end(of id: String, at place: SourceLocation = #_sourceLocation) async throws -> JSON {
        try await eventually("the end of the step", at: place) {
            let found = try await run(id)
            let isOver = found["state"] != "running"
            return isOver ? Optional(found) : Optional<JSON>.none
        }
    }

    /// Whether a text stands anywhere in the database's files.
    func databaseHolds(_ text: String) throws -> Bool {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { ["bothost.sqlite", "bothost.sqlite-wal"].contains($0.lastPathComponent) }.contains {
            file in
            try Data(contentsOf: file).range(of: Data(text.utf8)) != nil
        }
    }
}
