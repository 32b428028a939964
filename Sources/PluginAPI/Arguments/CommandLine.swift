/// Splits what a person typed into words, the way people type in Slack: quotes of any nationality, long dashes made by
/// a phone's keyboard, and Slack's own `<…>` references kept whole.
///
/// Works on unicode scalars, because a quote followed by a combining mark is one `Character` and would slip through.
struct CommandLine {
    /// One word of the line.
    struct Word: Equatable {
        var text: String
        /// True where any part was in quotes.
        var isQuoted: Bool
        /// True where it begins with a quote: such a word is text, never a `--flag` or `key:value`.
        var isText: Bool
        /// Where it starts in the line, for arguments that take the rest of it.
        var start: String.Index
    }

    /// More words than any command has arguments: what follows in a longer line is one last word.
    static let wordLimit = 200

    let line: String
    let words: [Word]

    init(_ line: String) {
        self.line = line
        var words: [Word] = []
        var reader = Reader(scalars: line.unicodeScalars)
        while let start = reader.skipSpaces() {
            if words.count == Self.wordLimit {
                words.append(
                    Word(text: String(line.unicodeScalars[start...]), isQuoted: true, isText: true, start: start))
                break
            }
            words.append(reader.word())
        }
        self.words = words
    }

    /// The line from a word on, without trailing spaces.
    func rest(from word: Word) -> String {
        var rest = line.unicodeScalars[word.start...]
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

private struct Reader {
    let scalars: String.UnicodeScalarView
    var index: String.Index
    /// Opening marks whose closing was looked for up to the end of the line in vain. It is not looked for again, so that
    /// a line of nothing but opening marks costs one pass for each kind of mark, not one for each mark.
    private var unclosed: Set<Unicode.Scalar> = []

    init(scalars: String.UnicodeScalarView) {
        self.scalars = scalars
        index = scalars.startIndex
    }

    /// - Returns: Where the next word starts, or `nil` at the end.
    mutating func skipSpaces() -> String.Index? {
        while index < scalars.endIndex, scalars[index].properties.isWhitespace { scalars.formIndex(after: &index) }
        return index < scalars.endIndex ? index : nil
    }

    mutating func word() -> CommandLine.Word {
        let start = index
        var text = String.UnicodeScalarView()
        var (isQuoted, isText) = (false, false)
        // Phones turn `--` into one long dash.
        if ["—", "–"].contains(scalars[index]) {
            text.append(contentsOf: "--".unicodeScalars)
            scalars.formIndex(after: &index)
        }
        while index < scalars.endIndex, !scalars[index].properties.isWhitespace {
            // A quote opens only where a value begins, so that "don't" and 5" stay as they are.
            let opensValue = text.isEmpty || text.last == "=" || text.last == ":"
            if opensValue, let end = endOfQuote() {
                if index == start { isText = true }
                isQuoted = true
                text.append(contentsOf: scalars[scalars.index(after: index)..<end])
                index = scalars.index(after: end)
            } else if scalars[index] == "<", let end = closing(of: "<", [">"]) {
                // `<https://example.com|a label>` may hold spaces.
                text.append(contentsOf: scalars[index...end])
                index = scalars.index(after: end)
            } else {
                text.append(scalars[index])
                scalars.formIndex(after: &index)
            }
        }
        return CommandLine.Word(text: String(text), isQuoted: isQuoted, isText: isText, start: start)
    }

    /// - Returns: Where the quote that opens here closes, or `nil` where none opens or none closes.
    private mutating func endOfQuote() -> String.Index? {
        let closing: [Unicode.Scalar]
        switch scalars[index] {
        case "\"": closing = ["\""]
        case "'": closing = ["'"]
        case "“", "”", "„", "«", "»": closing = ["“", "”", "«", "»", "\""]
        case "‘", "‚": closing = ["’", "‘", "'"]
        default: return nil
        }
        return self.closing(of: scalars[index], closing)
    }

    private mutating func closing(of mark: Unicode.Scalar, _ closing: [Unicode.Scalar]) -> String.Index? {
        guard !unclosed.contains(mark) else { return nil }
        let end = scalars[scalars.index(after: index)...].firstIndex { closing.contains($0) }
        if end == nil { unclosed.insert(mark) }
        return end
    }
}
