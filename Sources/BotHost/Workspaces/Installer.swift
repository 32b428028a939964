import BotStore
import Foundation
import Logging
import PluginAPI
import SlackKit

/// Turns a code of Slack's into an installation, or into a reason why not. Nothing is stored before everything fits.
struct Installer: Sendable {
    let oauth: SlackOAuth
    let slack: SlackCaller
    let store: any InstallationStore & AuditStore
    let tokens: TokenVault
    let directory: InstallationDirectory
    let needed: NeededScopes
    let permission: InstallPermission
    let clock: HostClock
    let logger: Logger

    struct Installed: Sendable {
        let installation: Installation
        let isAgain: Bool
    }

    /// - Parameter redirect: The address that the person was sent to Slack with.
    func install(
        code: String, redirect: String, ticket: InstallPermission.Ticket
    ) async throws(InstallRefusal) -> Installed {
        let asked = needed.everywhere()
        let access = try await exchange(code, redirect)
        guard let bot = access.bot, let botUser = access.botUserID else { throw .noBot }
        let id = (access.isEnterpriseInstall ? access.enterpriseID : access.teamID) ?? ""
        let known = try await installations()
        let earlier = known.first { $0.id == id }
        do {
            let scopes = try await check(access, bot, botUser, asked: asked, known: known, earlier: earlier, ticket)
            return try await keep(access, bot, botUser, scopes: scopes, earlier: earlier, ticket)
        } catch {
            // A token that nobody keeps is withdrawn; where the app was installed before, it may be the one in use.
            if earlier == nil { await revoke(Secret(bot.value), workspace: id) }
            logger.warning(
                "an install was refused", metadata: ["reason": "\(error.word)", "workspace": "\(id)"])
            throw error
        }
    }

    // MARK: exchange

    private func exchange(_ code: String, _ redirect: String) async throws(InstallRefusal) -> OAuthAccess {
        do {
            return try await oauth.access(.code(code, redirectURI: redirect))
        } catch {
            switch error.code {
            case "invalid_code", "code_already_used", "code_expired", "invalid_grant", "invalid_arguments":
                throw .badCode
            case "invalid_answer": throw .mismatch
            case "unreachable", "timeout", "internal_error", "service_unavailable", "rate_limited", "fatal_error":
                throw .unreachable
            default:
                logger.error("Slack refuses an install", metadata: ["code": "\(error.code)"])
                throw .misconfigured(code: error.code)
            }
        }
    }

    // MARK: check

    /// - Returns: What the token may really do.
    private func check(
        _ access: OAuthAccess, _ bot: OAuthAccess.Token, _ botUser: String, asked: [NeededScopes.Need],
        known: [Installation], earlier: Installation?, _ ticket: InstallPermission.Ticket
    ) async throws(InstallRefusal) -> [String] {
        if let other = known.first(where: { !$0.appID.isEmpty && !Self.isSame($0.appID, access.appID) }) {
            throw .anotherApp(found: access.appID, expected: other.appID)
        }
        let id = (access.isEnterpriseInstall ? access.enterpriseID : access.teamID) ?? ""
        if let wanted = ticket.workspace, !Self.isSame(wanted, id) {
            throw .anotherWorkspace(name: access.teamName ?? id)
        }
        let identity: JSONValue
        let listed: [String]
        do {
            (identity, listed) = try await slack.identify(Secret(bot.value))
        } catch {
            throw error.code == "unreachable" || error.code == "timeout" ? .unreachable : .mismatch
        }
        guard Self.isSame(identity["user_id"].string ?? "", botUser) else { throw .mismatch }
        let place = identity[access.isEnterpriseInstall ? "enterprise_id" : "team_id"].string ?? ""
        guard Self.isSame(place, id) else { throw .mismatch }
        let granted = listed.isEmpty ? bot.scopes : listed
        let missing = asked.filter { !granted.contains($0.scope) }
        guard missing.isEmpty else { throw .partialGrant(missing: missing) }
        // Where the app was before, scopes add up, and only Slack knows what was granted in earlier days.
        let expected = Set(asked.map(\.scope))
        let extra = earlier == nil ? granted.filter { !expected.contains($0) } : []
        guard extra.isEmpty else { throw .broaderGrant(extra: extra) }
        return granted
    }

    private static func isSame(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

    // MARK: keep

    private func keep(
        _ access: OAuthAccess, _ bot: OAuthAccess.Token, _ botUser: String, scopes: [String], earlier: Installation?,
        _ ticket: InstallPermission.Ticket
    ) async throws(InstallRefusal) -> Installed {
        let now = clock.now()
        let installation = Installation(
            teamID: access.isEnterpriseInstall ? nil : access.teamID, enterpriseID: access.enterpriseID,
            isEnterpriseInstall: access.isEnterpriseInstall, appID: access.appID, botUserID: botUser,
            botToken: Secret(bot.value), botRefreshToken: bot.refreshToken.map { Secret($0) },
            botTokenExpiresAt: bot.expiresIn.map { now.addingTimeInterval(TimeInterval($0)) }, scopes: scopes,
            name: access.teamName ?? access.enterpriseName ?? earlier?.name ?? "", createdAt: now)
        let isAllowed: Bool
        do {
            isAllowed = try await permission.use(ticket)
        } catch {
            throw .unavailable
        }
        guard isAllowed else { throw .usedTicket }
        do {
            try await tokens.replace(installation)
            if let person = access.installerID, let token = access.installer {
                try await tokens.keep(token, of: person, in: installation.id)
            }
            let detail = JSONValue.object([
                "scopes": .array(scopes.map { .string($0) }), "installer": .string(access.installerID ?? ""),
            ])
            try await store.appendAudit([
                AuditLine(
                    at: now, actor: ticket.by,
                    action: earlier == nil ? "workspace.installed" : "workspace.reauthorized",
                    subject: installation.id, workspace: installation.id, detail: Data(detail.encoded))
            ])
        } catch {
            logger.error("an installation cannot be stored: \(error)")
            throw .unavailable
        }
        directory.forget()
        logger.notice(
            "workspace installed", metadata: ["workspace": "\(installation.id)", "by": "\(ticket.by)"])
        return Installed(installation: installation, isAgain: earlier != nil)
    }

    private func installations() async throws(InstallRefusal) -> [Installation] {
        do {
            return try await store.installations()
        } catch {
            throw .unavailable
        }
    }

    private func revoke(_ token: Secret, workspace: String) async {
        _ = try? await slack.call("auth.revoke", [:], token: token, workspace: workspace)
    }
}
