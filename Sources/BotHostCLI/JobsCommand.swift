import ArgumentParser
import BotHost
import BotStore
import Foundation

/// `bothost jobs`
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Look at the queue: counts, the longest wait, dead letters.",
        discussion: """
            Works while the host runs, and while it does not. A dead letter is a job that is out of attempts, or that its
            plugin gave up.
            """,
        subcommands: [Show.self, Retry.self, Discard.self], defaultSubcommand: Show.self)

    /// `bothost jobs show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Show the queue (the default).")

        @ArgumentParser.Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            try await Administrator.send(.jobs) { answer in
                guard case .jobs(let overview) = answer else { return }
                print(json ? Self.json(overview) : Self.text(overview, at: Date()))
            }
        }

        private static func json(_ overview: JobsOverview) -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            encoder.dateEncodingStrategy = .iso8601
            return (try? encoder.encode(overview)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        }

        private static func text(_ overview: JobsOverview, at now: Date) -> String {
            var lines = JobState.allCases.map { state in
                state.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
                    + "\(overview.counts[state.rawValue] ?? 0)"
            }
            if let due = overview.oldestDue {
                let seconds = Int(exactly: now.timeIntervalSince(due).rounded()) ?? 0
                lines.append("The longest wait: \(max(0, seconds)) s")
            }
            guard !overview.dead.isEmpty else { return lines.joined(separator: "\n") }
            lines += ["", "Dead letters, the latest first:"]
            for job in overview.dead {
                let when = job.at.map { $0.formatted(.iso8601) } ?? ""
                let place = [job.workspace, "\(job.attempts) attempts"].filter { !$0.isEmpty }.joined(separator: ", ")
                lines.append("  \(job.id)  \(job.kind)  \(when)  (\(place))")
                if !job.reason.isEmpty { lines.append("      \(job.reason)") }
            }
            lines += ["", "Run one again: bothost jobs retry ID      Put it away: bothost jobs discard ID"]
            return lines.joined(separator: "\n")
        }
    }

    /// `bothost jobs retry`
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry", abstract: "Run a dead letter again, with all its attempts.")

        @ArgumentParser.Argument(help: "The number that `bothost jobs` shows.")
        var id: Int64

        func run() async throws {
            try await Administrator.send(.retryJob(id: id)) { _ in print("Job \(id) runs again.") }
        }
    }

    /// `bothost jobs discard`
    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "discard", abstract: "Put a dead letter away, or give an unfinished job up.")

        @ArgumentParser.Argument(help: "The number that `bothost jobs` shows.")
        var id: Int64

        func run() async throws {
            try await Administrator.send(.discardJob(id: id)) { _ in print("Job \(id) is put away.") }
        }
    }
}
