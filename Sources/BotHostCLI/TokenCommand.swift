import ArgumentParser
import BotHost
import Foundation

/// `bothost token`: the tokens with which programs call the host's API.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, list and revoke tokens for programs that call the host's API.",
        discussion: """
            A token opens the integration API (docs/PagerDutyApp.md) and whatever else plugins answer to programs, in
            all workspaces. Works on the database of DATABASE_URL, whether a host is running on it or not.
            """,
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token. It is printed once and cannot be shown again.")

        @ArgumentParser.Argument(help: "What the token is for, such as terraform; no two have the same name.")
        var name: String

        func run() async throws {
            try await Administrator.send(.createToken(name: name)) { answer in
                guard case .created(let id, let token) = answer else { return }
                // The token alone on standard output, so that a script can take it.
                print(token)
                Output.error("Made the token \(id) (\(name)). It is not kept and cannot be shown again.")
                Output.error("Programs send it as: Authorization: Token token=…  or  Authorization: Bearer …")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tokens, without their secrets.")

        @ArgumentParser.Flag(help: "An array of objects with id, name, created and lastUsed.")
        var json = false

        func run() async throws {
            try await Administrator.send(.tokens) { answer in
                guard case .tokens(let tokens) = answer else { return }
                print(json ? TokenTable.json(tokens) : TokenTable.text(tokens))
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a token worthless, at once and for good.")

        @ArgumentParser.Argument(help: "Its id, from the list.")
        var id: String

        func run() async throws {
            try await Administrator.send(.revokeToken(id: id)) { _ in print("Revoked \(id).") }
        }
    }
}

/// Tokens, for people and for programs.
private enum TokenTable {
    static func text(_ tokens: [AdminAnswer.Token]) -> String {
        guard !tokens.isEmpty else { return "There is no token: bothost token create NAME makes one." }
        return tokens.map { token in
            let used = token.lastUsedAt.map { "last used \($0.formatted(.iso8601))" } ?? "never used"
            return "\(token.id)  \(token.name)  made \(token.createdAt.formatted(.iso8601)), \(used)"
        }.joined(separator: "\n")
    }

    static func json(_ tokens: [AdminAnswer.Token]) -> String {
        let rows = tokens.map { token in
            [
                "id": token.id, "name": token.name, "created": token.createdAt.formatted(.iso8601),
                "lastUsed": token.lastUsedAt?.formatted(.iso8601),
            ]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return (try? encoder.encode(rows)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }
}
