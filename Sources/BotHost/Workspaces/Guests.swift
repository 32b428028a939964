import BotStore
import Foundation
import Logging
import PluginAPI
import Synchronization

/// Who is a guest in a workspace: guests see buttons and can press them, and act in no account from here.
///
/// Slack is asked at most every five minutes about one person. Where it does not say, what was known holds, and who is
/// not known to be a guest is none: an outage of one method must not keep everybody from acting on incidents.
/// - SeeAlso: <https://docs.slack.dev/reference/methods/users.info>
final class Guests: Sendable {
    static let lifetime: TimeInterval = 300
    /// Who was asked about, before the memory is emptied.
    static let limit = 10_000

    private let slack: SlackCaller
    private let clock: HostClock
    private let logger: Logger
    private let known = Mutex<[Key: Entry]>([:])

    private struct Key: Hashable {
        let workspace: String
        let person: String
    }

    private struct Entry {
        let isGuest: Bool
        let until: Date
    }

    init(slack: SlackCaller, clock: HostClock, logger: Logger) {
        self.slack = slack
        self.clock = clock
        self.logger = logger
    }

    func contains(_ person: Person, in served: ServedWorkspace) async -> Bool {
        let key = Key(workspace: served.workspace.id, person: person.id)
        let last = known.withLock { $0[key] }
        if let last, last.until > clock.now() { return last.isGuest }
        var isGuest = last?.isGuest ?? false
        do {
            let user = try await slack.call(
                "users.info", ["user": .string(person.id)], token: served.installation.botToken,
                workspace: served.workspace.id)["user"]
            isGuest = user["is_restricted"].bool == true || user["is_ultra_restricted"].bool == true
        } catch {
            logger.error(
                "Slack does not say whether somebody is a guest",
                metadata: ["workspace": "\(key.workspace)", "person": "\(key.person)", "code": "\(error.code)"])
        }
        let entry = Entry(isGuest: isGuest, until: clock.now().addingTimeInterval(Self.lifetime))
        known.withLock { known in
            if known.count > Self.limit { known.removeAll(keepingCapacity: true) }
            known[key] = entry
        }
        return isGuest
    }

    /// - Throws: A sentence for the person, where they are a guest. What they tried is noted for good.
    func refuse(
        _ person: Person, from service: String, in served: ServedWorkspace, audit: any AuditStore
    ) async throws {
        guard await contains(person, in: served) else { return }
        let line = AuditLine(
            at: clock.now(), actor: "\(person.teamID)/\(person.id)", action: "account.guest_refused",
            subject: service, workspace: served.workspace.id)
        do { try await audit.appendAudit([line]) } catch { logger.error("a guest's try cannot be noted: \(error)") }
        throw Refusal(
            "Guests of this workspace cannot act in \(service) from Slack, so nothing was done. Ask a member to do it.")
    }
}
