import ArgumentParser
import BotHost

/// What the command line asks of a host's database.
enum Administrator {
    /// Sends a command, says what was refused, and leaves the rest to `show`.
    /// - Throws: `ExitCode.failure`, after the sentence that says why.
    static func send(_ command: AdminCommand, show: (AdminAnswer) -> Void) async throws {
        let config = try await reporting { try await EnvironmentSource.reader() }
        let answer = try await reporting {
            let read = EnvironmentReader(config: config)
            let line = try AdminLine(
                database: read.text("DATABASE_URL", default: "sqlite:./data/bothost.sqlite"),
                keys: read.secret("BOTHOST_KEYS"))
            return try await line.send(command) { Output.error($0) }
        }
        if case .refused(let sentence) = answer {
            Output.error(sentence)
            throw ExitCode.failure
        }
        show(answer)
    }
}
