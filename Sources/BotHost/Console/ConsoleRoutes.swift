import BotStore
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import PluginAPI
import SlackKit

/// The console's pages behind their door: who is nobody signs in, who may not is told so, and a form counts only where
/// it comes from a page of the console's own.
struct ConsoleRoutes: Sendable {
    let screens: [ConsoleScreen]
    let deeds: [ConsoleDeed]
    let sessions: ConsoleSessions
    let signIn: ConsoleSignIn
    let once: OnceOnly
    let audit: any AuditStore
    /// Shown on every page.
    let banner: @Sendable () async -> HTML
    let address: ListenerAddress
    let clock: HostClock
    let logger: Logger

    func add(to router: Router<BasicRequestContext>) {
        for screen in screens {
            router.get(RouterPath(screen.path)) { request, _ in await show(screen, request) }
        }
        for deed in deeds {
            router.post(RouterPath(deed.path)) { request, _ in await carryOut(deed, request) }
        }
        router.get("/sign-in") { request, _ in await askToSignIn(request) }
        router.post("/sign-in") { request, _ in await signIn(request) }
        router.post("/sign-out") { request, _ in await signOut(request) }
        PageAssets.add(to: router)
    }

    // MARK: looking

    private func show(_ screen: ConsoleScreen, _ request: Request) async -> Response {
        do {
            guard let session = try await session(of: request) else { return Page.redirect(to: ConsoleSignIn.path) }
            let visit = ConsoleVisit(session: session, query: Self.query(of: request), path: screen.path)
            return await frame(try await screen.show(visit), visit).response()
        } catch {
            return failure(error, request)
        }
    }

    private func frame(_ sheet: ConsoleSheet, _ visit: ConsoleVisit) async -> Page {
        let links = screens.compactMap { screen -> HTML? in
            guard let title = screen.title else { return nil }
            let current: HTML = screen.path == visit.path ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(screen.path)\"\(current)>\(title)</a></li>"
        }
        let navigation: HTML = """
            <a class="skip" href="#content">Skip to the content</a>
            <nav class="top" aria-label="Console"><a class="brand" href="/">BotHost</a><ul>\(links)</ul>
            <span class="small muted"><bdi>\(visit.session.by)</bdi>, \(visit.session.role)</span>
            <form class="inline small-buttons" method="post" action="/sign-out">\(visit.formToken)\
            <button>Sign out</button></form></nav>
            """
        let done: HTML =
            visit.query["done"] == nil ? "" : "<div class=\"notice ok\" role=\"status\"><p>Done.</p></div>"
        return Page(
            sheet.title, status: sheet.status, frame: .console(navigation: navigation, wide: sheet.isWide),
            body: "<div id=\"content\">\(await banner())\(done)\(sheet.body)</div>")
    }

    // MARK: doing

    private func carryOut(_ deed: ConsoleDeed, _ request: Request) async -> Response {
        do {
            guard let session = try await session(of: request) else {
                return Self.refusal(
                    "You are not signed in", "Nothing was changed. Sign in, and do it again.", .forbidden)
            }
            let form: PageForm
            do throws(PageForm.Fault) {
                form = try await PageForm.read(request, origin: await address.url)
            } catch {
                return Self.refusal(error)
            }
            guard RandomToken.isSame(form["form"], session.formToken) else {
                return Self.refusal(PageForm.Fault.fromElsewhere)
            }
            let visit = ConsoleVisit(session: session, query: Self.query(of: request), path: deed.path)
            guard visit.may(deed.least) else {
                try await audit.appendAudit([
                    AuditLine(
                        at: clock.now(), actor: session.by, action: "console.refused", subject: deed.path)
                ])
                return Self.refusal(
                    "You may not do that", "It takes the role \(deed.least.rawValue); yours is \(session.role).",
                    .forbidden)
            }
            guard !deed.needsFreshSignIn || session.isFresh(at: clock.now()) else {
                return Self.refusal(
                    "Sign in once more",
                    "This cannot be taken back, so it takes a sign-in of the last 15 minutes. Run bothost console-login "
                        + "again, and do it then.", .forbidden)
            }
            switch try await deed.carryOut(visit, form) {
            case .done(let path): return Page.redirect(to: path)
            case .sheet(let sheet): return await frame(sheet, visit).response()
            case .refused(let sentence): return Self.refusal("Not done", sentence, .badRequest)
            }
        } catch {
            return failure(error, request)
        }
    }

    // MARK: signing in and out

    private func askToSignIn(_ request: Request) async -> Response {
        guard let token = Self.query(of: request)["token"] else { return Self.door().response() }
        do {
            guard let claim = signIn.open(token, at: clock.now()), try await !once.isUsed("console-login", token) else {
                return Self.door(isStale: true).response()
            }
            // A program that looks at addresses in chats must not use it up: a person presses the button.
            return Page(
                "Sign in",
                body: """
                    <h1>Sign in to the console</h1>
                    <p>As <b><bdi>\(claim.by)</bdi></b>, with the role <b>\(claim.role.rawValue)</b>.</p>
                    <form method="post" action="/sign-in"><input type="hidden" name="token" value="\(token)">
                    <div class="actions"><button class="primary">Sign in</button></div></form>
                    """
            ).response()
        } catch {
            return failure(error, request)
        }
    }

    private func signIn(_ request: Request) async -> Response {
        let form: PageForm
        do throws(PageForm.Fault) {
            form = try await PageForm.read(request, origin: await address.url)
        } catch {
            return Self.refusal(error)
        }
        do {
            let (token, now) = (form["token"], clock.now())
            guard let claim = signIn.open(token, at: now),
                try await once.use(
                    "console-login", token, until: now.addingTimeInterval(ConsoleSignIn.lifetime))
            else { return Self.door(isStale: true).response() }
            // Whatever session the browser had before ends with it.
            if let old = PageCookie.sent(ConsoleSessions.cookie, in: request.headers) { try await sessions.end(old) }
            let cookie = try await sessions.begin(claim)
            try await audit.appendAudit([
                AuditLine(at: now, actor: claim.by, action: "console.signed-in", subject: claim.role.rawValue)
            ])
            logger.notice("an administrator signed in", metadata: ["by": "\(claim.by)", "role": "\(claim.role)"])
            return Page.redirect(to: "/", cookies: [cookie])
        } catch {
            return failure(error, request)
        }
    }

    private func signOut(_ request: Request) async -> Response {
        do {
            guard let id = PageCookie.sent(ConsoleSessions.cookie, in: request.headers),
                let session = try await sessions.find(id)
            else { return Self.door().response() }
            let form: PageForm
            do throws(PageForm.Fault) {
                form = try await PageForm.read(request, origin: await address.url)
            } catch {
                return Self.refusal(error)
            }
            guard RandomToken.isSame(form["form"], session.formToken) else {
                return Self.refusal(PageForm.Fault.fromElsewhere)
            }
            try await sessions.end(id)
            var response = Page.redirect(to: ConsoleSignIn.path, cookies: [.gone(ConsoleSessions.cookie)])
            if let name = HTTPField.Name("Clear-Site-Data") { response.headers[name] = "\"cookies\",\"storage\"" }
            return response
        } catch {
            return failure(error, request)
        }
    }

    private func session(of request: Request) async throws -> ConsoleSession? {
        try await sessions.find(PageCookie.sent(ConsoleSessions.cookie, in: request.headers))
    }
}
