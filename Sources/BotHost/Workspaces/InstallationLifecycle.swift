import BotStore
import Foundation
import Logging
import PluginAPI
import SlackKit

/// The end of an installation, as Slack tells it: the workspace is suspended at once, and kept with everything that
/// waits for it, so that installing the app again within a week goes on where it stopped.
///
/// - SeeAlso: <https://docs.slack.dev/reference/events/app_uninstalled>,
///   <https://docs.slack.dev/reference/events/tokens_revoked>
struct InstallationLifecycle: Sendable {
    let store: any InstallationStore & AuditStore
    let tokens: TokenVault
    let directory: InstallationDirectory
    let slack: SlackCaller
    let clock: HostClock
    let logger: Logger

    /// The events that the host itself listens to.
    static let events = ["app_uninstalled", "tokens_revoked"]

    /// What an administrator reads, and Slack's word for it in the audit log.
    static let removed = "The app was removed from the workspace"
    static let revoked = "Slack withdrew the app's token"

    /// - Returns: `nil` where the event is not about the end of an installation.
    func receive(_ request: SlackRequest) async -> Acknowledgement? {
        guard case .event(let event) = request, Self.events.contains(event.type) else { return nil }
        do {
            let installation = try await store.installation(
                teamID: event.origin.teamID, enterpriseID: event.origin.enterpriseID)
            // The end of one workspace's part in an organization's install is not the end of that.
            guard let installation, covers(installation, event) else { return .empty }
            if event.type == "app_uninstalled" {
                try await suspend(installation, because: Self.removed, told: event)
            } else {
                try await withdraw(event, in: installation)
            }
            return .empty
        } catch {
            logger.error("the end of an installation cannot be stored: \(error)")
            return .unavailable
        }
    }

    private func covers(_ installation: Installation, _ event: EventCallback) -> Bool {
        !installation.isEnterpriseInstall || event.origin.isEnterpriseInstall || event.origin.teamID == nil
    }

    private func withdraw(_ event: EventCallback, in installation: Installation) async throws {
        let withdrawn = event.event["tokens"]
        for person in (withdrawn["oauth"].array ?? []).prefix(1_000).compactMap(\.string) {
            try await tokens.forget(person, in: installation.id)
        }
        let bots = (withdrawn["bot"].array ?? []).compactMap(\.string)
        guard bots.contains(where: { $0.utf8.elementsEqual(installation.botUserID.utf8) }) else { return }
        try await suspend(installation, because: Self.revoked, told: event)
    }

    private func suspend(_ installation: Installation, because reason: String, told event: EventCallback) async throws {
        guard installation.state == .active else { return }
        // Slack tells it again for minutes. Told late, of an installation that has been made anew since, it ends nothing.
        let happened = event.eventTime.map { Date(timeIntervalSince1970: TimeInterval($0)) } ?? clock.now()
        if happened < installation.updatedAt, await isGood(installation) { return }
        try await Suspension(store: store, directory: directory, clock: clock, logger: logger)
            .suspend(installation, because: reason, by: "slack")
    }

    private func isGood(_ installation: Installation) async -> Bool {
        (try? await slack.identify(installation.botToken)) != nil
    }
}

/// Suspends a workspace, says so in the audit log, and tells the administrators what to do.
struct Suspension: Sendable {
    let store: any InstallationStore & AuditStore
    let directory: InstallationDirectory
    let clock: HostClock
    let logger: Logger

    /// How long what waits for a suspended workspace is kept.
    static let keeps: TimeInterval = 7 * 86_400

    func suspend(_ installation: Installation, because reason: String, by actor: String) async throws {
        let now = clock.now()
        try await store.setInstallationState(.suspended(reason: reason), id: installation.id, at: now)
        directory.forget()
        try await store.appendAudit([
            AuditLine(
                at: now, actor: actor, action: "workspace.suspended", subject: installation.id,
                workspace: installation.id, detail: Data(JSONValue.object(["reason": .string(reason)]).encoded))
        ])
        logger.error(
            """
            a workspace is served no more: \(reason). What waits for it is kept for 7 days: install the app again, from \
            the console's page Workspaces, and it goes on
            """, metadata: ["workspace": "\(installation.id)", "name": "\(installation.name)"])
    }

    func resume(_ installation: Installation, by actor: String) async throws {
        let now = clock.now()
        try await store.setInstallationState(.active, id: installation.id, at: now)
        directory.forget()
        try await store.appendAudit([
            AuditLine(
                at: now, actor: actor, action: "workspace.resumed", subject: installation.id,
                workspace: installation.id)
        ])
        logger.notice("a workspace is served again", metadata: ["workspace": "\(installation.id)"])
    }
}
