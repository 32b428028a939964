import ArgumentParser
import BotHost
import BotStore
import Foundation

/// `bothost console-login`
struct ConsoleLoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console-login",
        abstract: "Print an address that signs an administrator in to the console, once, for 15 minutes.",
        discussion: """
            It is made with the host's keys (BOTHOST_KEYS, or the key file beside the database), so run it where the host \
            runs. The host may be running; the address leads to CONSOLE_URL.
            """)

    @ArgumentParser.Option(help: "What the administrator may do: owner, manager or viewer.")
    var role = "owner"

    @ArgumentParser.Option(help: "Who it is, as the audit log will say.")
    var name = ProcessInfo.processInfo.environment["USER"] ?? "administrator"

    func run() async throws {
        guard let role = ConsoleRole(rawValue: role) else {
            throw ValidationError("--role is owner, manager or viewer")
        }
        guard (1...64).contains(name.utf8.count), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw ValidationError("--name is a name of at most 64 bytes, in one line")
        }
        let setup = try await reporting { try await Setup.read() }
        let configuration = setup.configuration
        guard configuration.consoleURL != nil || configuration.console.port != 0 else {
            Output.error("The console's port is a free one: set CONSOLE_URL to the address that the host printed.")
            throw ExitCode.failure
        }
        let keys = try await reporting {
            try DatabaseLocation(configuration.database).keys(environment: configuration.keys)
        }
        if let made = keys.madeFile {
            Output.error(
                "No host has run here yet (the key file \(made) was made just now): start `bothost serve` too.")
        }
        let console = configuration.consoleURL ?? "http://\(configuration.console.host):\(configuration.console.port)"
        print(ConsoleSignIn(keys: keys.ring).address(console, by: name, role: role, at: Date()))
    }
}
