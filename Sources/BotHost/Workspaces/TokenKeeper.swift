import BotStore
import Foundation
import Logging
import PluginAPI
import ServiceLifecycle
import SlackKit

/// Renews tokens that end, long before they do. A refresh token is good for one call, so only one replica makes it, and
/// the new pair is stored before anybody uses it.
///
/// - SeeAlso: <https://docs.slack.dev/authentication/using-token-rotation>
struct TokenKeeper: Service {
    let oauth: SlackOAuth
    let store: any InstallationStore & AuditStore
    let tokens: TokenVault
    let directory: InstallationDirectory
    let clock: HostClock
    let metrics: HostMetrics
    let logger: Logger

    static let pause = Duration.seconds(60)
    /// A token lives twelve hours; with two hours left there is time for an outage of Slack's.
    static let margin: TimeInterval = 2 * 3_600

    static let ended = "Slack does not renew the app's token any more"

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await keep()
                try? await clock.sleep(Self.pause)
            }
        }
    }

    /// Renews every token that is due.
    func keep() async {
        let installations: [Installation]
        do {
            installations = try await store.installations()
        } catch {
            logger.error("tokens cannot be looked after: \(error)")
            return
        }
        for installation in installations where isDue(installation) {
            do {
                _ = try await tokens.alone(with: installation.id) { try await renew(installation.id) }
            } catch {
                logger.error(
                    "a token cannot be renewed: \(error)", metadata: ["workspace": "\(installation.id)"])
            }
        }
    }

    private func isDue(_ installation: Installation) -> Bool {
        guard installation.state == .active, installation.botRefreshToken != nil,
            let end = installation.botTokenExpiresAt
        else { return false }
        return end.timeIntervalSince(clock.now()) < Self.margin
    }

    private func renew(_ id: String) async throws {
        // Read again: another replica may have renewed it a moment ago.
        let current = try await store.installations().first { $0.id.utf8.elementsEqual(id.utf8) }
        guard var installation = current, isDue(installation), let refresh = installation.botRefreshToken else {
            return
        }
        let access: OAuthAccess
        do {
            access = try await oauth.access(.refresh(refresh.reveal()))
        } catch {
            metrics.tokenRefresh(error.code)
            return try await failed(installation, error)
        }
        guard let bot = access.bot, let next = bot.refreshToken, let seconds = bot.expiresIn else {
            metrics.tokenRefresh("invalid_answer")
            logger.error("Slack renewed a token with an answer without one", metadata: ["workspace": "\(id)"])
            return
        }
        let now = clock.now()
        installation.botToken = Secret(bot.value)
        installation.botRefreshToken = Secret(next)
        installation.botTokenExpiresAt = now.addingTimeInterval(TimeInterval(seconds))
        installation.updatedAt = now
        if !bot.scopes.isEmpty { installation.scopes = bot.scopes }
        // The old token goes on for a while, so whoever still holds it loses nothing.
        try await store.saveInstallation(installation)
        directory.forget()
        metrics.tokenRefresh("ok")
        logger.info("token renewed", metadata: ["workspace": "\(id)"])
    }

    /// What Slack refuses for good ends with the token that is still good; everything else is tried again in a minute.
    private func failed(_ installation: Installation, _ error: SlackError) async throws {
        let isFinal = ["invalid_refresh_token", "token_revoked", "account_inactive", "invalid_auth", "team_disabled"]
            .contains(error.code)
        let end = installation.botTokenExpiresAt ?? clock.now()
        guard isFinal, end <= clock.now() else {
            logger.error(
                "Slack does not renew a token: \(isFinal ? "authorize the workspace again, in the console" : "it is tried again")",
                metadata: ["workspace": "\(installation.id)", "code": "\(error.code)", "ends": "\(end)"])
            return
        }
        try await Suspension(store: store, directory: directory, clock: clock, logger: logger)
            .suspend(installation, because: Self.ended, by: "host")
    }
}
