package import PluginAPI

/// Everything that Slack sends to an app, decoded once.
///
/// A kind that is not known is a value like any other: Slack adds kinds, and the host acknowledges, counts and logs
/// what nobody handles.
package enum SlackRequest: Sendable, Equatable {
    case slashCommand(SlashCommand)
    case blockActions(BlockActions)
    case viewSubmission(ViewSubmission)
    case viewClosed(ViewClosed)
    case shortcut(GlobalShortcut)
    case messageShortcut(MessageShortcut)
    case blockSuggestion(BlockSuggestion)
    case event(EventCallback)
    case appRateLimited(AppRateLimited)
    /// Slack asks whether this address belongs to the app; the challenge goes back.
    case urlVerification(challenge: String)
    /// Slack tries the certificate of a slash command's address.
    case sslCheck
    case legacy(LegacyRequest)
    /// Signed by Slack, and of no kind known here.
    case unknown(kind: String, origin: Origin, payload: JSONValue)

    /// The names of all kinds that are known here.
    package static let knownKinds =
        [
            "slash_command", "block_actions", "view_submission", "view_closed", "shortcut", "message_action",
            "block_suggestion", "event_callback", "app_rate_limited", "url_verification", "ssl_check",
        ] + LegacyRequest.Kind.allCases.map(\.rawValue)

    /// Slack's name of the kind, for logs and counters.
    package var kind: String {
        switch self {
        case .slashCommand: "slash_command"
        case .blockActions: "block_actions"
        case .viewSubmission: "view_submission"
        case .viewClosed: "view_closed"
        case .shortcut: "shortcut"
        case .messageShortcut: "message_action"
        case .blockSuggestion: "block_suggestion"
        case .event: "event_callback"
        case .appRateLimited: "app_rate_limited"
        case .urlVerification: "url_verification"
        case .sslCheck: "ssl_check"
        case .legacy(let request): request.kind.rawValue
        case .unknown(let kind, _, _): kind
        }
    }

    /// Where it comes from. A check of the address or of the certificate comes from nowhere.
    package var origin: Origin {
        switch self {
        case .slashCommand(let request): return request.origin
        case .blockActions(let request): return request.origin
        case .viewSubmission(let request): return request.origin
        case .viewClosed(let request): return request.origin
        case .shortcut(let request): return request.origin
        case .messageShortcut(let request): return request.origin
        case .blockSuggestion(let request): return request.origin
        case .event(let request): return request.origin
        case .legacy(let request): return request.origin
        case .unknown(_, let origin, _): return origin
        case .appRateLimited(let request):
            var origin = Origin()
            origin.teamID = request.teamID
            return origin
        case .urlVerification, .sslCheck: return Origin()
        }
    }
}
