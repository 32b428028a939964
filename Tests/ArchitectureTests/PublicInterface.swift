/// The public declarations of a module, as its authors wrote them, file by file.
struct PublicInterface {
    private(set) var lines: [String] = []

    init(of files: [SourceFile], under folder: String) {
        for file in files {
            let declared = Self.declarations(in: file)
            guard !declared.isEmpty else { continue }
            lines.append("")
            lines.append("# \(file.path.dropFirst(folder.count + 1))")
            lines += declared
        }
        lines.removeFirst(lines.isEmpty ? 0 : 1)
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    private static func declarations(in file: SourceFile) -> [String] {
        var found: [String] = []
        /// How far a protocol or an enumeration is indented whose members are public by themselves.
        var container: (indent: Int, isProtocol: Bool)?
        var index = 0
        while index < file.lines.count {
            let code = file.code[index]
            let indent = code.prefix { $0 == " " }.count
            if let known = container, indent <= known.indent, code.contains("}") { container = nil }
            let isPublic = code.contains(/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:[a-z]+\s+)?public\s+(?!import |internal)/)
            let isInside = container.map { indent == $0.indent + 4 } == true
            let isMember =
                isInside && container?.isProtocol == true
                ? code.contains(/^\s*(?:mutating |static |nonisolated )*(?:func|var|init|subscript|associatedtype)\b/)
                : isInside && code.contains(/^\s*(?:indirect )?case\b/)
            if isPublic || isMember {
                if isPublic, code.contains(/\b(?:protocol|enum)\s/), !code.contains("}") {
                    container = (indent, code.contains(/\bprotocol\s/))
                }
                var (signature, depth) = ("", 0)
                repeat {
                    let line = file.code[index]
                    signature += (signature.isEmpty ? "" : " ") + file.lines[index].drop { $0 == " " }
                    for scalar in line.unicodeScalars {
                        if "([".unicodeScalars.contains(scalar) { depth += 1 }
                        if ")]".unicodeScalars.contains(scalar) { depth -= 1 }
                    }
                    index += 1
                } while depth > 0 && index < file.lines.count
                found.append(String(repeating: " ", count: indent) + signatureAlone(signature))
                continue
            }
            index += 1
        }
        return found
    }

    /// Without its body, and without the value of a property.
    private static func signatureAlone(_ text: String) -> String {
        let isProperty = text.contains(" let ") || text.contains(" var ")
        var depth = 0
        var isText = false
        for index in text.indices {
            switch text[index] {
            case "\"": isText.toggle()
            case "(", "[": if !isText { depth += 1 }
            case ")", "]": if !isText { depth -= 1 }
            case "=": if isProperty, !isText, depth == 0 { return String(text[..<index]).trimmed }
            case "{": if !isText, depth == 0 { return String(text[..<index]).trimmed }
            default: break
            }
        }
        return text.trimmed
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
