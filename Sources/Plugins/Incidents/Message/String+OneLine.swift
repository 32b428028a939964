import PagerDutyKit
import PluginAPI

extension String {
    /// The text in one line: whatever separates lines or cannot be seen becomes a space.
    var oneLine: String {
        unicodeScalars.split { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
            .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }

    /// A name of somebody or something, short enough to stand among others.
    var clipped: String { oneLine.clipped(to: 150) }

    /// At most that many unicode scalars, "…" included.
    func clipped(to limit: Int) -> String {
        guard unicodeScalars.count > limit else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.prefix(limit - 1))) + "…"
    }
}

extension PagerDuty.Reference {
    /// Its name, linked to its page in PagerDuty.
    var markup: Mrkdwn { link.map { Mention.link($0.address, name.clipped) } ?? name.clipped.escaped() }
}
