import PluginAPI

/// The pages of linking, in words for a person.
enum LinkPages {
    /// The first one: what is going to happen.
    /// - Parameter sentence: Why the last attempt led nowhere.
    static func start(_ service: String, again sentence: String?) -> Page {
        let said: HTML = sentence.map { "<div class=\"notice bad\" role=\"alert\"><p>\($0)</p></div>" } ?? .empty
        return Page(
            "Link your \(service) account",
            body: """
                <h1>Link your \(service) account</h1>
                \(said)
                <p>What you do in \(service) from Slack is then done as you, with your own permissions.</p>
                <ol>
                <li>Sign in with Slack, so that we know it is you who asked.</li>
                <li>Sign in to \(service) and agree.</li>
                <li>See both accounts, and confirm.</li>
                </ol>
                <div class="actions"><a class="button primary" href="?begin=1">Continue with Slack</a></div>
                <div class="next small muted">
                <p>This link is yours alone and good for 15 minutes. You can unlink at any time.</p>
                </div>
                """)
    }

    /// Names both accounts and asks.
    static func confirm(_ service: String, _ pair: LinkFlow.Pair, token: String) -> Page {
        Page(
            "Are these both you?",
            body: """
                <h1>Are these both you?</h1>
                \(accounts(service, pair))
                <p>Commands and buttons in Slack will act in \(service) as <bdi>\(pair.account.name)</bdi>.</p>
                <form method="post" class="actions"><input type="hidden" name="token" value="\(token)">
                <button class="primary" name="answer" value="yes">Link these accounts</button>
                <button name="answer" value="no">Cancel</button></form>
                """)
    }

    static func done(_ service: String, _ pair: LinkFlow.Pair, back: String) -> Page {
        Page(
            "Your accounts are linked",
            body: """
                <p class="badge ok">Done</p>
                <h1>Your accounts are linked</h1>
                \(accounts(service, pair))
                <p>What you were doing goes on in Slack. You can close this page.</p>
                <div class="actions"><a class="button primary" href="\(back)">Back to Slack</a></div>
                """)
    }

    private static func accounts(_ service: String, _ pair: LinkFlow.Pair) -> HTML {
        let mail: HTML = pair.account.email.isEmpty ? .empty : "<br><bdi class=\"small\">\(pair.account.email)</bdi>"
        return """
            <dl class="facts">
            <dt>Slack</dt><dd><strong><bdi>\(pair.slackName)</bdi></strong><br>\
            <span class="small muted">Workspace <bdi>\(pair.workspaceName)</bdi></span></dd>
            <dt>\(service)</dt><dd><strong><bdi>\(pair.account.name)</bdi></strong>\(mail)<br>\
            <span class="small muted">Account <bdi>\(pair.accountName)</bdi></span></dd>
            </dl>
            """
    }
}
