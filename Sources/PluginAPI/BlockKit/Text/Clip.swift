/// Cutting texts to a number of UTF-16 units, between unicode scalars.
enum Clip {
    static let ellipsis: Unicode.Scalar = "…"

    /// Cuts a text without markup.
    static func plain(_ text: String, to limit: Int) -> String {
        cut(text, to: limit) { scalars, start in scalars.index(after: start) }
    }

    /// Cuts a label to what can be seen of it; `nil` where that is nothing.
    static func label(_ text: String?, to limit: Int) -> String? {
        guard let text else { return nil }
        let visible = plain(TextObject.plain(text).text, to: limit)
        return visible.isEmpty ? nil : visible
    }

    /// Cuts a text with markup; an entity or a `<…>` stays whole or goes.
    static func mrkdwn(_ text: String, to limit: Int) -> String {
        cut(text, to: limit) { scalars, start in
            let end: Unicode.Scalar
            switch scalars[start] {
            case "&": end = ";"
            case "<": end = ">"
            default: return scalars.index(after: start)
            }
            // Where another one begins before this one ends, this is a lone mark; looking no further keeps it linear.
            let following = scalars.index(after: start)
            let stop = scalars[following...].firstIndex { $0 == end || $0 == scalars[start] }
            guard let stop, scalars[stop] == end else { return following }
            return scalars.index(after: stop)
        }
    }

    private static func cut(
        _ text: String, to limit: Int,
        after next: (String.UnicodeScalarView, String.Index) -> String.Index
    ) -> String {
        guard text.utf8.count > limit, text.utf16.count > limit else { return text }
        guard limit > 0 else { return "" }
        let scalars = text.unicodeScalars
        var end = scalars.startIndex
        var units = 1  // the ellipsis
        while end < scalars.endIndex {
            let following = next(scalars, end)
            units += scalars[end..<following].reduce(0) { $0 + ($1.value > 0xFFFF ? 2 : 1) }
            if units > limit { break }
            end = following
        }
        var kept = scalars[..<end]
        while let last = kept.last, last == "\u{200D}" || last.properties.isWhitespace { kept.removeLast() }
        var cut = String.UnicodeScalarView(kept)
        cut.append(ellipsis)
        return String(cut)
    }
}
