import BotStore
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// Tells the administrators, once, of each workspace that lacks a scope of an enabled plugin's: after a switch of a plugin
/// nothing else would.
final class GrantWatch: Service {
    private let store: any InstallationStore
    private let needed: NeededScopes
    private let slack: SlackCaller
    private let tokens: TokenVault
    private let directory: InstallationDirectory
    private let clock: HostClock
    private let logger: Logger
    /// What was said of each workspace last.
    private let said = Mutex<[String: [String]]>([:])

    static let pause = Duration.seconds(60)

    init(
        store: any InstallationStore, needed: NeededScopes, slack: SlackCaller, tokens: TokenVault,
        directory: InstallationDirectory,
        clock: HostClock, logger: Logger
    ) {
        self.store = store
        self.needed = needed
        self.slack = slack
        self.tokens = tokens
        self.directory = directory
        self.clock = clock
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await look()
                try? await clock.sleep(Self.pause)
            }
        }
    }

    /// The app may have been installed again on Slack's own page, which nobody tells us.
    private func renewed(_ installation: Installation) async -> Installation? {
        guard let (_, scopes) = try? await slack.identify(installation.botToken), !scopes.isEmpty,
            Set(scopes) != Set(installation.scopes)
        else { return nil }
        let renewed = try? await tokens.alone(with: installation.id) { () -> Installation in
            // Read again: the token may be another one by now.
            let current = try await store.installations().first { $0.id.utf8.elementsEqual(installation.id.utf8) }
            guard var current, current.botToken == installation.botToken else { return installation }
            current.scopes = scopes
            try await store.saveInstallation(current)
            return current
        }
        directory.forget()
        return renewed
    }

    func look() async {
        guard let installations = try? await store.installations() else { return }
        for installation in installations where installation.state == .active {
            var missing = needed.missing(in: installation)
            if !missing.isEmpty, let renewed = await renewed(installation) { missing = needed.missing(in: renewed) }
            let scopes = missing.map(\.scope)
            let isNew = said.withLock { said in
                defer { said[installation.id] = scopes }
                return said[installation.id] ?? [] != scopes
            }
            guard isNew, !missing.isEmpty else { continue }
            logger.warning(
                "a workspace has to be authorized again, in the console: what needs these scopes does not work there",
                metadata: [
                    "workspace": "\(installation.id)",
                    "missing": "\(missing.map { "\($0.scope) (\($0.reasons.first ?? ""))" }.joined(separator: ", "))",
                ])
        }
    }
}
