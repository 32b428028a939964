public import FoundationEssentials

/// What Slack turns into names, times and links.
///
/// An id that is none (ids are ASCII capitals and digits) is shown as text, so that nothing can be smuggled in through one.
/// - SeeAlso: <https://docs.slack.dev/messaging/formatting-message-text#advanced>
public enum Mention {
    /// A person, who is notified: `<@U0123>`.
    public static func user(_ id: String) -> Mrkdwn { markup("<@", id) }

    /// A channel that people can click: `<#C0123>`.
    public static func channel(_ id: String) -> Mrkdwn { markup("<#", id) }

    /// A user group, all of whom are notified: `<!subteam^S0123>`.
    public static func userGroup(_ id: String) -> Mrkdwn { markup("<!subteam^", id) }

    /// A moment in each reader's own time zone: `<!date^1700000000^{date_short_pretty} at {time}|Nov 14, 10:13 PM UTC>`.
    /// - Parameters:
    ///   - date: The moment, to the second.
    ///   - format: Slack's tokens and text between them.
    ///   - fallback: Shown by clients that cannot, such as notifications.
    /// - SeeAlso: <https://docs.slack.dev/messaging/formatting-message-text#date-formatting>
    public static func date(
        _ date: Date, format: String = "{date_short_pretty} at {time}", fallback: String
    ) -> Mrkdwn {
        guard let seconds = Int64(exactly: date.timeIntervalSince1970.rounded(.down)) else { return fallback.escaped() }
        let format = inside(format, without: ["^", "|"])
        return Mrkdwn(raw: "<!date^\(seconds)^\(format)|\(inside(fallback, without: ["|"]))>")
    }

    /// A link: `<https://example.com|label>`.
    /// - Parameters:
    ///   - address: Anything but an `http` or `https` address is not linked; the label alone is shown then.
    ///   - label: Shown as it is; the address where there is none.
    public static func link(_ address: String, _ label: String? = nil) -> Mrkdwn {
        let isLink = WebAddress.isValid(address)
        guard let label, !label.isEmpty else { return isLink ? Mrkdwn(raw: "<\(linked(address))>") : address.escaped() }
        return isLink ? Mrkdwn(raw: "<\(linked(address))|\(inside(label, without: ["|"]))>") : label.escaped()
    }

    private static func markup(_ start: String, _ id: String) -> Mrkdwn {
        let isID =
            !id.isEmpty && id.utf8.count <= 64
            && id.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        return isID ? Mrkdwn(raw: "\(start)\(id)>") : id.escaped()
    }

    /// Inside `<…>` a bar, a caret or a line end would end the part it stands in; look-alikes do not.
    private static func inside(_ text: String, without marks: Set<Unicode.Scalar>) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "|" where marks.contains("|"): scalars.append("¦")
            case "^" where marks.contains("^"): scalars.append("ˆ")
            case "\n", "\r", "\t", "\u{2028}", "\u{2029}": scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return MrkdwnEscaping.escape(String(scalars))
    }

    /// In an address a bar is written `%7C`; `<`, `>` and spaces were refused.
    private static func linked(_ address: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in address.unicodeScalars {
            switch scalar {
            case "|": scalars.append(contentsOf: "%7C".unicodeScalars)
            case "&": scalars.append(contentsOf: "&amp;".unicodeScalars)
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
