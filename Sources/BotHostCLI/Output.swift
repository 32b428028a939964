import ArgumentParser
import BotHost
import BotStore
import Foundation

/// What the command line says to people and to programs.
enum Output {
    static func error(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Lines that a program waits for must not sit in a buffer.
    static func flush() {
        fflush(nil)
    }
}

/// Runs something, and prints what is wrong with the setup line by line instead of a Swift error.
/// - Throws: `ExitCode.failure`, status 1, after the lines.
func reporting<Result>(_ work: () async throws -> Result) async throws -> Result {
    do {
        return try await work()
    } catch let problems as ConfigurationProblems {
        for problem in problems.problems { Output.error(problem) }
    } catch let problems as StartProblems {
        for line in problems.lines { Output.error(line) }
    } catch let refused as PluginsFileReader.Refused {
        for problem in refused.problems { Output.error("plugins.json: \(problem)") }
    } catch let error as StoreError {
        Output.error(error.sentence)
    }
    throw ExitCode.failure
}
