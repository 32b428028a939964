import SlackKit

/// Why Slack gave no address for a socket.
struct OpeningFailure: Error, Sendable, Equatable {
    /// Slack's code, or the host's own.
    let code: String
    let sentence: String
    /// How long Slack wants to be left alone.
    var retryAfter: Duration?

    /// Whether asking again is of no use before somebody has changed something.
    var isFinal: Bool { Self.finalCodes.contains(code) }

    private static let finalCodes: Set<String> = [
        "access_denied", "account_inactive", "app_not_found", "forbidden_team", "invalid_auth", "invalid_address",
        "missing_args", "missing_scope", "no_permission", "not_allowed_token_type", "not_authed", "org_login_required",
        "team_disabled", "token_expired", "token_revoked", "user_removed_from_team",
    ]
}
