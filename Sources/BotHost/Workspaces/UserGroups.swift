package import BotStore
import Foundation
package import Logging
import PluginAPI
import Synchronization

/// Who is in which user group, asked of Slack at most once a minute for each group.
///
/// When Slack does not answer, what was known last holds for ten minutes more; after that nobody is in the group:
/// a limit that cannot be checked must not let everybody through.
/// - SeeAlso: <https://docs.slack.dev/reference/methods/usergroups.users.list>
final class UserGroups: Sendable {
    private let members: @Sendable (_ group: String, Workspace) async throws -> [String]
    private let clock: HostClock
    private let logger: Logger
    private let known = Mutex<[Key: Membership]>([:])

    private struct Membership {
        var ids: Set<String> = []
        /// When Slack last said who is in it.
        var readAt: Date?
        /// When Slack was last asked and did not say.
        var failedAt: Date?
    }

    static let lifetime: TimeInterval = 60
    /// Without a word of Slack's, what is known holds this long.
    static let longestLifetime: TimeInterval = 600
    /// How long nobody asks again who has just not been answered: people wait for this.
    static let rest: TimeInterval = 10

    private struct Key: Hashable {
        let workspace: String
        let group: String
    }

    init(
        clock: HostClock, logger: Logger,
        members: @escaping @Sendable (_ group: String, Workspace) async throws -> [String]
    ) {
        self.members = members
        self.clock = clock
        self.logger = logger
    }

    func contains(_ person: Person, group: String, workspace: Workspace) async -> Bool {
        // A user group is made of the workspace's own people.
        guard person.teamID == workspace.id || person.organizationID == workspace.organizationID,
            person.teamID == workspace.id || workspace.organizationID != nil
        else { return false }
        let key = Key(workspace: workspace.id, group: group)
        let now = clock.now()
        let last = known.withLock { $0[key] } ?? Membership()
        func age(_ date: Date?) -> TimeInterval { date.map { now.timeIntervalSince($0) } ?? .infinity }
        if age(last.readAt) < Self.lifetime { return last.ids.contains(person.id) }
        if age(last.failedAt) >= Self.rest {
            do {
                let ids = Set(try await members(group, workspace))
                known.withLock { $0[key] = Membership(ids: ids, readAt: now) }
                return ids.contains(person.id)
            } catch {
                logger.error(
                    "user group cannot be read",
                    metadata: ["group": "\(group)", "error": "\((error as? SlackError)?.code ?? "\(type(of: error))")"])
                known.withLock { $0[key, default: Membership()].failedAt = now }
            }
        }
        return age(last.readAt) < Self.longestLifetime && last.ids.contains(person.id)
    }
}

extension Permit {
    /// Who is in which user group, asked of Slack with one bot token: for whoever explains a rule without a running host.
    package static func membership(slackURL: String, botToken: Secret?, logger: Logger) -> Membership {
        guard let botToken else { return { _, _, _ in false } }
        let slack = SlackCaller(
            slackURL: slackURL, http: OutboundHTTP(), clock: .system, metrics: HostMetrics())
        let groups = UserGroups(clock: .system, logger: logger) { group, workspace in
            try await slack.members(ofUserGroup: group, token: botToken, workspace: workspace.id)
        }
        return { group, person, workspace in await groups.contains(person, group: group, workspace: workspace) }
    }
}

extension SlackCaller {
    func members(ofUserGroup group: String, token: Secret, workspace: String) async throws(SlackError) -> [String] {
        let answer = try await call(
            "usergroups.users.list", ["usergroup": .string(group)], token: token, workspace: workspace)
        return (answer["users"].array ?? []).compactMap(\.string)
    }
}
