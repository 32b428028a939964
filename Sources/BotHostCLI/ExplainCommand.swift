import ArgumentParser
import BotHost
import Foundation
import Logging
import PluginAPI

/// `bothost explain`
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say which rule lets a command through or stops it.",
        discussion: """
            Example: bothost explain T0123ABCD U0123ABCD C0123ABCD '/pd trigger'
            Members of user groups are asked of Slack where SLACK_BOT_TOKEN is set; without it nobody is in a group.
            """)

    @ArgumentParser.Argument(help: "The workspace, T…")
    var team: String

    @ArgumentParser.Argument(help: "The person, U…")
    var user: String

    @ArgumentParser.Argument(help: "The channel, C…, G… or D…")
    var channel: String

    @ArgumentParser.Argument(help: "The command as it is typed, in quotes.")
    var line: String

    func run() async throws {
        let (table, policy) = try await reporting { try await Compiled.read() }
        let words = line.split(separator: " ").map(String.init)
        guard let slash = words.first else {
            throw ValidationError("The command is empty: try '\(policy.command) help'")
        }
        let word = words.count > 1 ? words[1].lowercased() : "help"
        let entry = slash == policy.command ? table.words[word] : table.slashes[slash]
        guard let entry else {
            let known = table.words.keys.sorted().map { "\(policy.command) \($0)" } + table.slashes.keys.sorted()
            let near = Nearest.word(to: line, among: known).map { "; did you mean '\($0)'?" } ?? ""
            Output.error("No plugin answers '\(line)'\(near)")
            throw ExitCode.failure
        }
        let config = try await reporting { try await EnvironmentSource.reader() }
        var read = EnvironmentReader(config: config)
        let membership = Permit.membership(
            slackURL: read.url("SLACK_URL", default: "https://slack.com", allowsPlainLoopback: true) ?? "",
            botToken: read.secret("SLACK_BOT_TOKEN"), logger: Logger(label: "bothost"))
        let verdict = await Permit(isMember: membership).verdict(
            entry.pluginID, policy: policy, workspace: Workspace(id: team), person: Person(id: user, teamID: team),
            channel: Channel(id: channel))
        print(verdict.isAllowed ? "allowed" : "refused")
        print("  command  \(line) → plugin \(entry.pluginID)")
        print("  rule     \(verdict.rule)")
        if !verdict.isAllowed { throw ExitCode.failure }
    }
}
