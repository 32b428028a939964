import BotStore
import HTTPTypes
import Hummingbird
import Logging
import PluginAPI
import SlackKit

/// `GET /slack/install` and `GET /slack/oauth_redirect`: the app is installed into a workspace, or allowed more there.
///
/// The only address that is used is `PUBLIC_URL`; what a request says it was sent to is not looked at.
/// - SeeAlso: <https://docs.slack.dev/authentication/installing-with-oauth>
struct InstallRoutes: Sendable {
    /// `nil` where the host has no client id.
    let installer: Installer?
    let permission: InstallPermission
    let states: InstallState
    let address: ListenerAddress
    let metrics: HostMetrics
    let logger: Logger

    static let installPath = "/slack/install"
    static let redirectPath = "/slack/oauth_redirect"

    func add(to router: Router<BasicRequestContext>) {
        router.get("/slack/install") { request, _ in await begin(request) }
        router.get("/slack/oauth_redirect") { request, _ in await finish(request) }
    }

    // MARK: begin

    private func begin(_ request: Request) async -> Response {
        do throws(InstallRefusal) {
            guard let installer else { throw .noClient }
            let query = try Self.query(of: request)
            guard let ticket = try await permitted(query["ticket"]) else { throw .notPermitted }
            let (state, cookie) = states.begin(InstallState.Purpose(ticket: ticket.text))
            let needs = installer.needed.everywhere()
            let authorize = await authorizeAddress(needs.map(\.scope), state, ticket.workspace, installer.oauth)
            return InstallPages.begin(needs, authorize: authorize, workspace: ticket.workspace, cookie: cookie)
                .response()
        } catch {
            return refuse(error, restart: nil)
        }
    }

    private func authorizeAddress(
        _ scopes: [String], _ state: String, _ workspace: String?, _ oauth: SlackOAuth
    ) async -> String {
        var fields = [
            ("client_id", oauth.client.id), ("scope", scopes.joined(separator: ",")), ("user_scope", ""),
            ("redirect_uri", await redirectAddress), ("state", state),
        ]
        // Only workspaces can be chosen beforehand.
        if let workspace, workspace.utf8.first == UInt8(ascii: "T") { fields.append(("team", workspace)) }
        let query = fields.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        return "\(oauth.slackURL)/oauth/v2/authorize?\(query)"
    }

    private var redirectAddress: String { get async { await address.url + Self.redirectPath } }

    // MARK: finish

    private func finish(_ request: Request) async -> Response {
        var restart: String?
        do throws(InstallRefusal) {
            guard let installer else { throw .noClient }
            let query = try Self.query(of: request)
            guard let state = query["state"] else { throw .foreignState }
            let purpose = try await believe(state, browser: PageCookie.sent(InstallState.cookie, in: request.headers))
            restart = purpose.ticket.isEmpty ? Self.installPath : "\(Self.installPath)?ticket=\(purpose.ticket)"
            if let error = query["error"] { throw .declined(code: Self.plain(error)) }
            guard let code = query["code"] else { throw .badCode }
            guard let ticket = try await permitted(purpose.ticket) else {
                restart = nil
                throw .notPermitted
            }
            let installed = try await installer.install(code: code, redirect: await redirectAddress, ticket: ticket)
            metrics.install("done")
            return InstallPages.done(
                installed.installation.name, isOrganization: installed.installation.isEnterpriseInstall,
                isAgain: installed.isAgain, command: installer.needed.policy().command
            ).response()
        } catch {
            return refuse(error, restart: restart)
        }
    }

    private func believe(_ state: String, browser: String?) async throws(InstallRefusal) -> InstallState.Purpose {
        do {
            return try await states.finish(state, browser: browser)
        } catch let fault as InstallState.Fault {
            switch fault {
            case .foreign: throw .foreignState
            case .anotherBrowser: throw .anotherBrowser
            case .used: throw .usedState
            }
        } catch {
            logger.error("a state cannot be used up: \(error)")
            throw .unavailable
        }
    }

    // MARK: both

    private func permitted(_ ticket: String?) async throws(InstallRefusal) -> InstallPermission.Ticket? {
        do {
            return try await permission.ticket(ticket)
        } catch {
            logger.error("who may install cannot be read: \(error)")
            throw .unavailable
        }
    }

    private func refuse(_ refusal: InstallRefusal, restart: String?) -> Response {
        metrics.install(refusal.word)
        return InstallPages.refused(refusal, restart: restart).response()
    }

    /// The fields of an address; one that comes twice, or is empty, is no field.
    private static func query(of request: Request) throws(InstallRefusal) -> [String: String] {
        guard let form = try? FormBody(Array((request.uri.query ?? "").utf8)) else { throw .foreignState }
        return Dictionary(form.fields.filter { !$0.value.isEmpty }.map { ($0.name, $0.value) }) { _, _ in "" }
            .filter { !$0.value.isEmpty && $0.value.utf8.count <= 4_096 }
    }

    /// A code is repeated to people only where it looks like one.
    private static func plain(_ code: String) -> String {
        let isPlain =
            code.utf8.count <= 64
            && code.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") }
        return isPlain ? code : "unknown"
    }
}
