import BotHost
import Configuration
import Foundation
import SystemPackage

/// The process environment, with a `.env` file of the working directory under it.
enum EnvironmentSource {
    /// - Throws: ``StartProblems`` where there is a `.env` file that cannot be read.
    static func reader() async throws -> ConfigReader {
        do {
            return ConfigReader(providers: [
                EnvironmentVariablesProvider(),
                try await EnvironmentVariablesProvider(environmentFilePath: ".env", allowMissing: true),
            ])
        } catch {
            throw StartProblems(lines: [".env: cannot be read; it holds lines such as PORT=3000"])
        }
    }
}
