/// The pages that people see who install the app.
enum InstallPages {
    /// Before Slack: what is going to be allowed, and why.
    static func begin(_ needs: [NeededScopes.Need], authorize: String, workspace: String?, cookie: PageCookie) -> Page {
        let title = workspace == nil ? "Install the app into a workspace" : "Authorize the app again"
        let place: HTML = workspace.map { "<p>For <bdi>\($0)</bdi>. What works goes on working meanwhile.</p>" } ?? ""
        return Page(
            title, cookies: [cookie],
            body: """
                <h1>\(title)</h1>
                \(place)
                <p>Slack asks you which workspace, and shows what the app may do there. It needs all of this:</p>
                \(list(needs))
                <div class="actions"><a class="button primary" href="\(authorize)">Continue at Slack</a></div>
                <div class="next small muted">
                <p>If apps need an approval in your workspace, Slack sends the request to its administrators, and tells \
                you when they have approved it. Come back then and begin again.</p>
                <p>For a whole Enterprise Grid organization, choose the organization at Slack.</p>
                </div>
                """)
    }

    static func done(_ name: String, isOrganization: Bool, isAgain: Bool, command: String) -> Page {
        let title = isAgain ? "The app is authorized again" : "The app is installed"
        let place: HTML =
            isOrganization
            ? "the organization <bdi>\(name)</bdi>, in every workspace that its administrators give it to"
            : "<bdi>\(name)</bdi>"
        return Page(
            title, cookies: [.gone(InstallState.cookie)],
            body: """
                <p class="badge ok">Done</p>
                <h1>\(title)</h1>
                <p>It answers in \(place).</p>
                <div class="next">
                <p>Type <code>\(command) help</code> in Slack to see what it can do, and invite it into the channels \
                where it should post.</p>
                </div>
                """)
    }

    static func refused(_ refusal: InstallRefusal, restart: String?) -> Page {
        let again: HTML =
            restart.map { "<div class=\"actions\"><a class=\"button\" href=\"\($0)\">Begin again</a></div>" } ?? ""
        return .refusal(
            refusal.title, refusal.sentence, mend: refusal.mend + again, status: refusal.status,
            cookies: [.gone(InstallState.cookie)])
    }

    /// Scopes with their reasons.
    static func list(_ needs: [NeededScopes.Need]) -> HTML {
        let rows = needs.map { need -> HTML in
            """
            <li><code>\(need.scope)</code><br><span class="small muted">\(need.reasons.joined(separator: "; "))</span></li>
            """
        }
        return "<ul class=\"scopes\">\(rows)</ul>"
    }
}
