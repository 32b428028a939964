package import BotStore
package import Configuration
import Foundation
import PluginAPI

/// Everything that is wrong with the environment, a line a variable: what, an example, where to get it.
package struct ConfigurationProblems: Error, Hashable, CustomStringConvertible {
    package let problems: [String]

    package init(problems: [String]) {
        self.problems = problems
    }

    package var description: String { problems.joined(separator: "\n") }
}

/// Reads variables one by one and collects what is wrong with them. No value is ever part of what it says.
package struct EnvironmentReader {
    private let config: ConfigReader
    package private(set) var problems: [String] = []

    package init(config: ConfigReader) {
        self.config = config
    }

    package mutating func say(_ variable: String, _ problem: String, example: String) {
        problems.append("\(variable): \(problem). Example: \(example)")
    }

    package func text(_ variable: String, default fallback: String) -> String {
        let value = config.string(forKey: key(variable), default: fallback)
        return value.isEmpty ? fallback : value
    }

    package func secret(_ variable: String) -> Secret? {
        config.string(forKey: key(variable), isSecret: true).flatMap { $0.isEmpty ? nil : Secret($0) }
    }

    /// Several secrets, separated by commas.
    package func secrets(_ variable: String) -> [Secret] {
        (secret(variable)?.reveal() ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }.map { Secret($0) }
    }

    package mutating func port(_ variable: String, default fallback: Int) -> Int {
        let text = text(variable, default: "\(fallback)")
        guard let port = Int(text), (0...65_535).contains(port) else {
            say(variable, "must be a port from 0 to 65535, 0 for a free one", example: "\(fallback)")
            return fallback
        }
        return port
    }

    package mutating func choice(_ variable: String, default fallback: String, among words: [String]) -> String {
        let word = text(variable, default: fallback).lowercased()
        if words.contains(word) { return word }
        say(variable, "must be one of \(words.joined(separator: ", "))", example: fallback)
        return fallback
    }

    /// An address without a path's trailing slash.
    /// - Parameter allowsPlainLoopback: `http` is accepted only where the address leads to this very machine.
    package mutating func url(
        _ variable: String, default fallback: String? = nil, allowsPlainLoopback: Bool = false
    ) -> String? {
        let given = text(variable, default: fallback ?? "")
        guard !given.isEmpty else { return nil }
        var address = given
        while address.utf8.last == UInt8(ascii: "/") { address.removeLast() }
        guard let url = URL(string: address), let host = url.host?.lowercased(), !host.isEmpty,
            url.scheme == "https" || url.scheme == "http", url.user == nil, url.query == nil, url.fragment == nil
        else {
            say(variable, "is not an address", example: fallback ?? "https://bot.example.com")
            return fallback
        }
        if allowsPlainLoopback, url.scheme == "http", !WebAddress.isThisMachine(host) {
            say(variable, "must be https, except on this machine", example: fallback ?? "https://bot.example.com")
        }
        return address
    }

    /// `SLACK_URL` is the key `slack.url`: the library makes the variable's name of it again.
    private func key(_ variable: String) -> ConfigKey {
        ConfigKey(variable.lowercased().split(separator: "_").map(String.init))
    }
}
