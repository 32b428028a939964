package import PluginAPI

/// A call of the Web API that Slack did not carry out, or that nobody can be sure of.
package struct SlackAPIError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was called.
    package let method: WebAPIMethod
    /// Slack's code, or one of our own where Slack did not answer.
    package let code: SlackErrorCode
    /// The HTTP status; nil where there was no answer.
    package let status: Int?
    /// How long to wait, where Slack asked for a pause.
    package let retryAfter: Duration?
    /// The scope that is missing, where that is the reason.
    package let neededScope: String?
    /// The scopes that the token has, as Slack lists them, where one is missing.
    package let grantedScopes: String?
    /// What Slack says about it, such as places in the blocks. For logs.
    package let details: [String]

    /// Makes an error.
    package init(
        _ method: WebAPIMethod, _ code: String, status: Int? = nil, retryAfter: Duration? = nil,
        neededScope: String? = nil, grantedScopes: String? = nil, details: [String] = []
    ) {
        self.method = method
        self.code = SlackErrorCode(code)
        self.status = status
        self.retryAfter = retryAfter
        self.neededScope = neededScope
        self.grantedScopes = grantedScopes
        self.details = details
    }

    /// Slack could not be connected to: nothing was sent.
    package static func unreachable(_ method: WebAPIMethod) -> SlackAPIError { SlackAPIError(method, "unreachable") }

    /// The request was sent, and no answer came in time.
    package static func timeout(_ method: WebAPIMethod) -> SlackAPIError { SlackAPIError(method, "timeout") }

    /// What to do about it, for this method: what may or may not have been done is done again if that is safe.
    package var remedy: SlackErrorCode.Remedy {
        guard code.remedy == .inDoubt else { return code.remedy }
        return method.repetition == .inDoubt ? .inDoubt : .retry
    }

    /// Whether a repeated call that ends like this means that the first one did it.
    package var meansDone: Bool {
        guard case .settled(let codes) = method.repetition else { return false }
        return codes.contains(code.code)
    }

    /// The error that a plugin is given.
    package var pluginError: SlackError {
        SlackError(
            code: code.code, sentence: code.sentence, neededScope: neededScope, retryAfter: retryAfter,
            details: details)
    }

    /// One line for a log.
    package var description: String {
        var line = "\(method.name): \(code.code)"
        if let status { line += ", status \(status)" }
        if let neededScope { line += ", needs \(neededScope)" }
        if !details.isEmpty { line += " (\(details.joined(separator: "; ")))" }
        return line
    }
}
