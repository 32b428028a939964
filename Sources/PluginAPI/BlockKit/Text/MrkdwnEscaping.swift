extension StringProtocol {
    /// The text so that Slack shows it as it is: no link, mention or entity can come out of it, no control character
    /// and no mark that reverses the direction of what follows.
    /// - Parameter limit: Cuts the result to that many UTF-16 units, "…" included.
    /// - SeeAlso: <https://docs.slack.dev/messaging/formatting-message-text#escaping>
    public func escaped(limit: Int? = nil) -> Mrkdwn {
        let markup = Mrkdwn(raw: MrkdwnEscaping.escape(self))
        return limit.map(markup.clipped) ?? markup
    }
}

/// Escaping by unicode scalars: by clusters `<` with a combining mark would not be `<`.
enum MrkdwnEscaping {
    static func escape(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x26 && $0 != 0x3C && $0 != 0x3E }) {
            return String(text)
        }
        var escaped = String.UnicodeScalarView()
        for scalar in visible(text) {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// The text without what cannot be seen but changes what is: controls other than line feed and tab, and marks of
    /// direction. CR LF and the separators of lines and paragraphs become a line feed.
    static func visible(_ text: some StringProtocol) -> String.UnicodeScalarView {
        var visible = String.UnicodeScalarView()
        var previous: Unicode.Scalar = "\0"
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 0x0A where previous == "\r": continue
            case 0x0D, 0x2028, 0x2029: visible.append("\n")
            case 0x09, 0x0A: visible.append(scalar)
            case 0..<0x20, 0x7F...0x9F: continue
            case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default: visible.append(scalar)
            }
        }
        return visible
    }
}
