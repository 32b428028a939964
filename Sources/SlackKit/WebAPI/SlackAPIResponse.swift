package import PluginAPI

/// What Slack's Web API answered to a call.
///
/// - SeeAlso: https://docs.slack.dev/apis/web-api/#responses
package enum SlackAPIResponse: Sendable, Equatable {
    /// Slack did it. The whole answer, and what Slack remarks about the call.
    case done(JSONValue, warnings: [String])
    /// Slack did not, or nobody can say.
    case failed(SlackAPIError)

    /// The longest answer that is read, in bytes.
    package static let maximumBytes = 4 * 1_048_576

    /// Decodes an answer.
    ///
    /// - Parameters:
    ///   - method: What was called.
    ///   - status: The HTTP status.
    ///   - retryAfter: The `Retry-After` header, if there is one.
    ///   - body: The bytes.
    package init(to method: WebAPIMethod, status: Int, retryAfter: String? = nil, body: [UInt8]) {
        let answer = try? JSONValue(decoding: body, maximumBytes: Self.maximumBytes, maximumDepth: 128)
        if status == 429 {
            self = .failed(
                SlackAPIError(method, "rate_limited", status: status, retryAfter: RetryAfter.duration(retryAfter)))
        } else if let answer, let ok = answer["ok"].bool {
            self = ok ? .done(answer, warnings: Self.warnings(answer)) : .failed(Self.error(method, status, answer))
        } else if (500...599).contains(status) {
            // 503 is said before anything is begun; other faults of a server can come after it.
            self = .failed(
                SlackAPIError(method, status == 503 ? "service_unavailable" : "internal_error", status: status))
        } else {
            self = .failed(SlackAPIError(method, "invalid_answer", status: status))
        }
    }

    private static func error(_ method: WebAPIMethod, _ status: Int, _ answer: JSONValue) -> SlackAPIError {
        let code = answer["error"].string.flatMap { $0.isEmpty ? nil : $0 } ?? "invalid_answer"
        // Slack spells it both ways; whoever waits should have to know one.
        let isLimit = code == "ratelimited" || code == "rate_limited"
        return SlackAPIError(
            method, isLimit ? "rate_limited" : code, status: status, retryAfter: isLimit ? RetryAfter.unstated : nil,
            neededScope: answer["needed"].string, grantedScopes: answer["provided"].string, details: details(answer))
    }

    /// What Slack says about an error: places in blocks, wrong arguments. At most ten, cut to a readable length.
    private static func details(_ answer: JSONValue) -> [String] {
        let messages = answer["response_metadata"]["messages"].array ?? []
        let errors = answer["errors"].array ?? []
        let texts = messages.compactMap(\.string) + errors.compactMap { $0.string ?? pointed($0) }
        return texts.prefix(10).map { String($0.prefix(300)) }
    }

    /// The manifest methods say errors as a message and a JSON pointer.
    private static func pointed(_ error: JSONValue) -> String? {
        guard let message = error["message"].string else { return nil }
        return error["pointer"].string.map { "\($0): \(message)" } ?? message
    }

    private static func warnings(_ answer: JSONValue) -> [String] {
        let listed = (answer["response_metadata"]["warnings"].array ?? []).compactMap(\.string)
        let named = (answer["warning"].string ?? "").utf8.split(separator: UInt8(ascii: ",")).compactMap { String($0) }
        return (listed.isEmpty ? named : listed).prefix(10).map { String($0.prefix(300)) }
    }
}
