import ArgumentParser
import BotHost
import Foundation
import PluginAPI
import SlackKit
import Yams

/// `bothost manifest`
struct ManifestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest", abstract: "Print the Slack app manifest that the enabled plugins need.",
        discussion: """
            Paste it at https://api.slack.com/apps → Create New App → From a manifest.
            --diff FILE says what to change about an app: FILE is what Slack shows under App Manifest, JSON or YAML.
            + is missing, - is too much, ~ is different. Exit status 1 where anything is.
            """)

    @ArgumentParser.Flag(help: "Print YAML instead of JSON.")
    var yaml = false

    @ArgumentParser.Flag(help: "For an app that opens the connection itself, without a public address.")
    var socketMode = false

    @ArgumentParser.Option(
        help: "The public address of the host, such as https://bot.example.com; PUBLIC_URL otherwise.")
    var url: String?

    @ArgumentParser.Option(help: "The app's name in Slack, at most 35 characters.")
    var name = "BotHost"

    @ArgumentParser.Flag(help: "For an app with token rotation: every token ends after twelve hours.")
    var tokenRotation = false

    @ArgumentParser.Flag(help: "Print the scopes with the reason for each, as a table, instead of the manifest.")
    var scopes = false

    @ArgumentParser.Option(help: "Compare with the manifest that an app has.", completion: .file())
    var diff: String?

    func run() async throws {
        let (table, policy) = try await reporting { try await Compiled.read() }
        let config = try await reporting { try await EnvironmentSource.reader() }
        var read = EnvironmentReader(config: config)
        let address = url ?? read.url("PUBLIC_URL")
        // Whoever only reads scopes needs no address.
        guard socketMode || scopes || address != nil else {
            Output.error("Where does Slack reach the host? Say --url https://bot.example.com, or set PUBLIC_URL.")
            throw ExitCode.failure
        }
        var manifest = AppManifest(
            table: table, policy: policy, name: name,
            transport: socketMode ? .socketMode : .http(requestURL: "\(address ?? "")/slack/events"),
            publicURL: socketMode ? nil : address)
        manifest.rotatesTokens = tokenRotation
        if scopes { return print(manifest.scopeTable) }
        let faults = manifest.faults()
        for fault in faults { Output.error(fault.description) }
        guard faults.isEmpty else { throw ExitCode.failure }
        guard let diff else { return print(try text(manifest.json)) }
        let app = try reading(diff)
        let differences = ManifestDifference.between(app: app, wanted: try JSONValue(decoding: manifest.json))
        for difference in differences { print(difference) }
        if !differences.isEmpty { throw ExitCode.failure }
        print("The app is what the enabled plugins need.")
    }

    /// A manifest as somebody saved it; JSON is YAML too.
    private func reading(_ path: String) throws -> JSONValue {
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            guard data.count <= 1_048_576, let text = String(data: data, encoding: .utf8) else {
                throw ValidationError("")
            }
            if let value = try? JSONValue(decoding: [UInt8](data)), value.object != nil { return value }
            guard let loaded = try Yams.load(yaml: text), let value = JSONValue(plain: loaded), value.object != nil
            else { throw ValidationError("") }
            return value
        } catch {
            Output.error("\(path) is no manifest: save what Slack shows under App Manifest, as JSON or YAML.")
            throw ExitCode.failure
        }
    }

    private func text(_ json: [UInt8]) throws -> String {
        if yaml { return try Yams.dump(object: try JSONValue(decoding: json).plain, sortKeys: true) }
        let value = try JSONSerialization.jsonObject(with: Data(json))
        let pretty = try JSONSerialization.data(
            withJSONObject: value, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: pretty, as: UTF8.self)
    }
}

extension JSONValue {
    /// As values of Swift's own, in which a truth value is no number.
    fileprivate var plain: Any {
        switch self {
        case .null: NSNull()
        case .bool(let value): value
        case .integer(let value): Int(clamping: value)
        case .number(let value): value
        case .string(let value): value
        case .array(let elements): elements.map(\.plain)
        case .object(let members): members.mapValues(\.plain)
        }
    }

    /// What was read from YAML; `nil` for what JSON does not have.
    fileprivate init?(plain value: Any) {
        switch value {
        case let value as Bool: self = .bool(value)
        case let value as Int: self = .integer(Int64(value))
        case let value as Double: self = .number(value)
        case let value as String: self = .string(value)
        case let elements as [Any]: self = .array(elements.compactMap { JSONValue(plain: $0) })
        case let members as [String: Any]: self = .object(members.compactMapValues { JSONValue(plain: $0) })
        case is NSNull: self = .null
        default: return nil
        }
    }
}
