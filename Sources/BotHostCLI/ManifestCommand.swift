import ArgumentParser
import BotHost
import Foundation
import SlackKit
import Yams

/// `bothost manifest`
struct ManifestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest", abstract: "Print the Slack app manifest that the enabled plugins need.",
        discussion: "Paste it at https://api.slack.com/apps → Create New App → From a manifest.")

    @ArgumentParser.Flag(help: "Print YAML instead of JSON.")
    var yaml = false

    @ArgumentParser.Flag(help: "For an app that opens the connection itself, without a public address.")
    var socketMode = false

    @ArgumentParser.Option(
        help: "The public address of the host, such as https://bot.example.com; PUBLIC_URL otherwise.")
    var url: String?

    @ArgumentParser.Option(help: "The app's name in Slack, at most 35 characters.")
    var name = "BotHost"

    func run() async throws {
        let (table, policy) = try await reporting { try await Compiled.read() }
        let config = try await reporting { try await EnvironmentSource.reader() }
        var read = EnvironmentReader(config: config)
        let address = url ?? read.url("PUBLIC_URL")
        guard socketMode || address != nil else {
            Output.error("Where does Slack reach the host? Say --url https://bot.example.com, or set PUBLIC_URL.")
            throw ExitCode.failure
        }
        let manifest = AppManifest(
            table: table, policy: policy, name: name,
            transport: socketMode ? .socketMode : .http(requestURL: "\(address ?? "")/slack/events"),
            publicURL: socketMode ? nil : address)
        let faults = manifest.faults()
        for fault in faults { Output.error(fault.description) }
        guard faults.isEmpty else { throw ExitCode.failure }
        print(try text(manifest.json))
    }

    private func text(_ json: [UInt8]) throws -> String {
        let value = try JSONSerialization.jsonObject(with: Data(json))
        if yaml { return try Yams.dump(object: value, sortKeys: true) }
        let pretty = try JSONSerialization.data(
            withJSONObject: value, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: pretty, as: UTF8.self)
    }
}
