import HTTPTypes

/// Why an install did not come about, in the words of the page that says so. Nothing is stored then.
enum InstallRefusal: Error, Sendable, Equatable {
    /// The host serves workspaces by their bot tokens alone.
    case noClient
    /// Neither a one-time address nor a setting lets this person install.
    case notPermitted
    /// The state is not the host's, or has ended.
    case foreignState
    case anotherBrowser
    case usedState
    /// Somebody used the one-time address meanwhile.
    case usedTicket
    /// Slack sent the person back without a code.
    case declined(code: String)
    /// The code is used, too old, or somebody else's.
    case badCode
    /// Slack does not accept how the host introduces itself.
    case misconfigured(code: String)
    case anotherApp(found: String, expected: String)
    case anotherWorkspace(name: String)
    case noBot
    /// The token that came is not that of the workspace that came with it.
    case mismatch
    case partialGrant(missing: [NeededScopes.Need])
    case broaderGrant(extra: [String])
    case unreachable
    case unavailable

    var status: HTTPTypes.HTTPResponse.Status {
        switch self {
        case .noClient: .notFound
        case .notPermitted: .forbidden
        case .unreachable: .badGateway
        case .misconfigured, .unavailable: .serviceUnavailable
        default: .badRequest
        }
    }

    /// A word for metrics, logs and the audit log.
    var word: String {
        switch self {
        case .noClient: "no_client"
        case .notPermitted: "not_permitted"
        case .foreignState: "foreign_state"
        case .anotherBrowser: "another_browser"
        case .usedState: "used_state"
        case .usedTicket: "used_ticket"
        case .declined: "declined"
        case .badCode: "bad_code"
        case .misconfigured: "misconfigured"
        case .anotherApp: "another_app"
        case .anotherWorkspace: "another_workspace"
        case .noBot: "no_bot"
        case .mismatch: "mismatch"
        case .partialGrant: "partial_grant"
        case .broaderGrant: "broader_grant"
        case .unreachable: "unreachable"
        case .unavailable: "unavailable"
        }
    }

    var title: String {
        switch self {
        case .noClient: "This host does not install itself"
        case .notPermitted: "An administrator has to let you in"
        case .declined: "The app is not installed yet"
        case .unreachable: "Slack cannot be reached"
        default: "The app was not installed"
        }
    }

    /// What happened.
    var sentence: String {
        switch self {
        case .noClient:
            "It serves the workspace whose bot token it was given, and has no client id to install itself with."
        case .notPermitted:
            "The app can be installed with a one-time address that an administrator of this host makes. This address "
                + "has none, or one that was used or is older than 15 minutes."
        case .foreignState:
            "This page was not reached from the install page of this host, or more than 10 minutes ago."
        case .anotherBrowser:
            "The install was begun in another browser, or this browser does not keep cookies."
        case .usedState:
            "This page was opened before. If it said then that the app is installed, it is."
        case .usedTicket: "Somebody has used this one-time address meanwhile."
        case .declined(let code):
            code == "access_denied"
                ? "Either it was cancelled, or an administrator of your Slack workspace has to approve the app first. "
                    + "Slack tells you when that is done."
                : "Slack stopped the install (\(code))."
        case .badCode: "Slack's code was used before, is older than 10 minutes, or was not made for this host."
        case .misconfigured(let code): "Slack does not accept how this host introduces itself (\(code))."
        case .anotherApp(let found, let expected):
            "Slack installed the app \(found), while this host is the app \(expected)."
        case .anotherWorkspace(let name): "Another workspace was chosen at Slack: \(name)."
        case .noBot: "Slack gave out no bot token: the app has no bot user, or asked for none."
        case .mismatch: "The token that Slack gave out belongs to another workspace than it says."
        case .partialGrant: "Not everything was allowed that the app needs, so nothing of it was kept."
        case .broaderGrant: "More was allowed than the app asks for, so nothing of it was kept."
        case .unreachable: "Slack did not answer. Nothing was changed."
        case .unavailable: "This host cannot store anything at the moment. Nothing was changed."
        }
    }

    /// What to do.
    var mend: HTML {
        switch self {
        case .noClient:
            "<p>Set <code>SLACK_CLIENT_ID</code> and <code>SLACK_CLIENT_SECRET</code>, and start the host again.</p>"
        case .notPermitted, .usedTicket:
            """
            <p>Administrators: sign in with <code>bothost console-login</code>, and choose <b>Install app into a \
            workspace</b> on the page <b>Workspaces</b>.</p>
            """
        case .foreignState, .anotherBrowser, .usedState, .badCode, .unreachable, .unavailable:
            "<p>Begin again, in this browser.</p>"
        case .declined:
            """
            <p>Once it is approved, begin again. If the address has ended by then, an administrator of this host makes \
            another one.</p>
            """
        case .misconfigured:
            """
            <p>Administrators: compare <code>SLACK_CLIENT_ID</code>, <code>SLACK_CLIENT_SECRET</code> and \
            <code>PUBLIC_URL</code> with <b>Basic Information</b> and <b>OAuth &amp; Permissions → Redirect URLs</b> of \
            the app at api.slack.com/apps.</p>
            """
        case .anotherApp:
            "<p>Administrators: the client id belongs to another app than before. Set the one of the app in use.</p>"
        case .anotherWorkspace: "<p>Begin again, and choose the workspace that is to be authorized.</p>"
        case .noBot, .mismatch:
            "<p>Administrators: give the app the manifest that <code>bothost manifest</code> prints, then begin again.</p>"
        case .partialGrant(let missing):
            """
            <p>Begin again, and change nothing about the address at Slack. This was missing:</p>
            \(InstallPages.list(missing))
            """
        case .broaderGrant(let extra):
            """
            <p>It was not asked for: <code>\(extra.joined(separator: ", "))</code>. Begin again, and change nothing \
            about the address at Slack. If the app was in this workspace before, remove it first, under <b>Manage \
            apps</b> in Slack.</p>
            """
        }
    }
}
