/// Whether a public declaration carries a doc comment.
enum DocumentedDeclaration {
    /// Declarations that fulfil a standard protocol: the protocol's page says what they do.
    private static let witnesses = [
        #"init\(from decoder"#, #"func encode\(to"#, #"static func (?:==|<)"#, #"func hash\(into"#,
        #"var (?:debugD|d)escription\b"#, #"init\?\(rawValue"#, #"init\(\w+Literal\b"#, #"\btypealias\b"#,
        #"enum CodingKeys"#,
    ].joined(separator: "|")

    static func isMissing(at index: Int, of file: SourceFile) -> Bool {
        let line = file.code[index]
        guard
            line.contains(/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?public\s+(?!import |extension )/),
            let witnesses = try? Regex(witnesses).wordBoundaryKind(.simple), !line.contains(witnesses)
        else { return false }
        var above = index - 1
        while above >= 0, file.lines[above].contains(/^\s*@/) { above -= 1 }
        return above < 0 || !file.lines[above].contains(/^\s*\/\/\/|\*\/\s*$/)
    }
}
