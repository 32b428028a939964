/// An error code of Slack's Web API: what to do about it, and what to tell a person.
///
/// - SeeAlso: https://docs.slack.dev/apis/web-api/#errors
package struct SlackErrorCode: Sendable, Hashable {
    /// What to do about an error.
    package enum Remedy: Sendable, Hashable {
        /// Nothing was done; the same call may succeed later.
        case retry
        /// It may have been done: for a method that is not safe to repeat, find out first.
        case inDoubt
        /// This conversation is closed to the app: use the fallback channel.
        case reroute
        /// The message, or the thread that it belongs in, is not there any more or cannot be touched: post afresh.
        case postAfresh
        /// Slack does not take what the message looks like: render it shorter.
        case rerender
        /// An administrator of the app must change something: scopes, settings, the app's configuration.
        case tellAdministrator
        /// The person who asked can mend it, or should know why it cannot be done.
        case tellPerson
        /// The token is of no use any more: the app must be installed again.
        case reauthorize
        /// The call itself is wrong, and will be wrong every time.
        case permanent
    }

    /// Slack's code, such as `channel_not_found`.
    package let code: String

    /// What to do about it.
    package let remedy: Remedy

    /// One sentence for a person.
    package let sentence: String

    /// Looks a code up. A code that is not in the table is permanent: repeating what is not understood helps nobody.
    package init(_ code: String) {
        self.code = code
        if let known = Self.table[code] {
            remedy = known.remedy
            sentence = known.sentence
        } else {
            remedy = .permanent
            sentence = Self.unlistedSentence(code)
        }
    }

    /// Whether the table has a code.
    package static func isKnown(_ code: String) -> Bool { table[code] != nil }

    /// The code is repeated to people only if it looks like one: an answer can come from a proxy in between.
    private static func unlistedSentence(_ code: String) -> String {
        let bytes = code.utf8
        let isPlain =
            (1...64).contains(bytes.count)
            && bytes.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
        return isPlain ? "Slack did not accept this (`\(code)`)." : "Slack did not accept this."
    }
}
