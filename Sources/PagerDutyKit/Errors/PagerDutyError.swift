import PluginAPI

/// Why a call to PagerDuty brought nothing, what to do about it, and what to tell the person who waits for it.
///
/// It carries what PagerDuty's own error said, cut and stripped of control characters; never a body, a header or a
/// token.
package struct PagerDutyError: PersonReadableError, Hashable, Sendable {
    package var reason: Reason
    /// Whose credential was on the call: it decides whether the person or an administrator can mend it.
    package var actor: Actor
    /// It would have changed something.
    package var isWrite: Bool
    /// The HTTP status; `nil` when no answer came.
    package var status: Int?
    /// PagerDuty's own number for it.
    package var code: Int?
    /// PagerDuty's words, for example `Title can't be blank`. Text from outside: escape it before it is shown.
    package var details: [String]
    /// How long PagerDuty asks to be left alone, in seconds.
    package var retryAfter: Int?

    /// Whose credential a call carries.
    package enum Actor: Hashable, Sendable {
        /// The account's own key, which only reads.
        case account
        /// The linked person's token.
        case person
    }

    package init(
        _ reason: Reason, actor: Actor, isWrite: Bool = false, status: Int? = nil, code: Int? = nil,
        details: [String] = [], retryAfter: Int? = nil
    ) {
        self.reason = reason
        self.actor = actor
        self.isWrite = isWrite
        self.status = status
        self.code = code
        self.details = details
        self.retryAfter = retryAfter
    }

    /// The error that an answer stands for.
    ///
    /// - Parameters:
    ///   - status: the HTTP status, outside of 200–299.
    ///   - body: the answer's bytes; need not be JSON, gateways answer in HTML.
    ///   - header: looks up a header of the answer by its lowercase name.
    package init(
        status: Int, body: some Collection<UInt8>, actor: Actor, isWrite: Bool, header: (String) -> String?
    ) {
        let answer = PagerDutyErrorAnswer(body: body)
        self.init(
            Reason(status: status, answer: answer), actor: actor, isWrite: isWrite, status: status,
            code: answer.code, details: answer.details)
        if reason == .rateLimited { retryAfter = RateLimit(header: header).secondsUntilReset }
    }
}

extension PagerDutyError: CustomStringConvertible {
    /// For a log line: no words from outside.
    package var description: String {
        "PagerDuty \(reason) (status \(status.map(String.init) ?? "none"), code \(code.map(String.init) ?? "none"))"
    }
}
