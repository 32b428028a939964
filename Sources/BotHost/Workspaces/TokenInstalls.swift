import BotStore
import Foundation
import Logging
import ServiceLifecycle
import PluginAPI
import Synchronization

/// Installs the app with bot tokens that the host was given: one `auth.test` tells which workspace each belongs to.
///
/// When Slack cannot be reached at the start, it goes on trying: what is stored from before serves meanwhile.
final class TokenInstalls: Service {
    private let tokens: [Secret]
    private let slack: SlackCaller
    private let store: any InstallationStore
    private let directory: InstallationDirectory
    private let clock: HostClock
    private let logger: Logger
    private let open: Mutex<[String?]>

    init(
        tokens: [Secret], slack: SlackCaller, store: any InstallationStore, directory: InstallationDirectory,
        clock: HostClock, logger: Logger
    ) {
        self.tokens = tokens
        self.slack = slack
        self.store = store
        self.directory = directory
        self.clock = clock
        self.logger = logger
        open = Mutex(tokens.map { _ in "is not known yet" })
    }

    /// Why a token's workspace is not known, where one is not.
    var problem: String? {
        open.withLock { $0.compactMap(\.self).first }.map { "the workspace of a bot token \($0)" }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            var delay = 1.0
            while !Task.isCancelled {
                if await installAll() { break }
                try? await clock.sleep(.seconds(delay))
                delay = min(delay * 2, 60)
            }
        }
        try? await gracefulShutdown()
    }

    /// - Parameter isAnew: Asks about the tokens too whose workspace is known: what they may do can be more by now.
    /// - Returns: True where every token's workspace is known, or never will be.
    func installAll(anew isAnew: Bool = false) async -> Bool {
        var isDone = true
        for (index, token) in tokens.enumerated() where isAnew || open.withLock({ $0[index] }) != nil {
            do {
                try await install(token)
                open.withLock { $0[index] = nil }
            } catch {
                let code = (error as? SlackError)?.code ?? "\(type(of: error))"
                open.withLock { $0[index] = "cannot be learned (\(code))" }
                logger.error("a bot token cannot be used", metadata: ["code": "\(code)"])
                isDone = isDone && Self.isFinal(code)
            }
        }
        return isDone
    }

    private func install(_ token: Secret) async throws {
        let (identity, scopes) = try await slack.identify(token)
        let now = clock.now()
        let isOrganization = identity["is_enterprise_install"].bool == true
        let installation = Installation(
            teamID: isOrganization ? nil : identity["team_id"].string, enterpriseID: identity["enterprise_id"].string,
            isEnterpriseInstall: isOrganization, appID: identity["app_id"].string ?? "",
            botUserID: identity["user_id"].string ?? "", botToken: token, scopes: scopes,
            name: identity["team"].string ?? "", createdAt: now)
        try await store.saveInstallation(installation)
        directory.forget()
        logger.info("workspace served", metadata: ["workspace": "\(installation.id)", "name": "\(installation.name)"])
    }

    private static func isFinal(_ code: String) -> Bool {
        ["invalid_auth", "account_inactive", "token_revoked", "not_authed"].contains(code)
    }
}
