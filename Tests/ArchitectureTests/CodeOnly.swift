/// Swift source with comments and the contents of string literals blanked out, line for line.
///
/// Code inside an interpolation stays, since it runs. Regular expression literals are taken for code.
enum CodeOnly {
    static func of(_ text: String) -> String {
        var reader = Reader(text)
        reader.run()
        return String(String.UnicodeScalarView(reader.output))
    }

    private enum Mode: Equatable {
        /// Code, with the number of open parentheses since an interpolation began (nil at the top level).
        case code(openParentheses: Int?)
        case string(hashes: Int, quotes: Int)
        case blockComment(depth: Int)
        case lineComment
    }

    private struct Reader {
        let input: [Unicode.Scalar]
        var output: [Unicode.Scalar] = []
        var modes: [Mode] = [.code(openParentheses: nil)]
        var position = 0

        init(_ text: String) {
            input = Array(text.unicodeScalars)
            output.reserveCapacity(input.count)
        }

        mutating func run() {
            while position < input.count {
                switch modes[modes.count - 1] {
                case .code(let open): code(open)
                case .string(let hashes, let quotes): string(hashes, quotes)
                case .blockComment(let depth): blockComment(depth)
                case .lineComment: lineComment()
                }
            }
        }

        func starts(with text: String, at offset: Int = 0) -> Bool {
            var index = position + offset
            for scalar in text.unicodeScalars {
                guard index < input.count, input[index] == scalar else { return false }
                index += 1
            }
            return true
        }

        /// Passes over some scalars, writing them as they are or as spaces; line ends always stay.
        mutating func take(_ count: Int, keep: Bool) {
            for _ in 0..<count where position < input.count {
                output.append(keep || input[position] == "\n" ? input[position] : " ")
                position += 1
            }
        }

        mutating func code(_ open: Int?) {
            if starts(with: "//") { modes.append(.lineComment); return take(2, keep: false) }
            if starts(with: "/*") { modes.append(.blockComment(depth: 1)); return take(2, keep: false) }
            let hashes = input[position...].prefix { $0 == "#" }.count
            if starts(with: "\"", at: hashes) {
                let quotes = starts(with: "\"\"\"", at: hashes) ? 3 : 1
                modes.append(.string(hashes: hashes, quotes: quotes))
                return take(hashes + quotes, keep: true)
            }
            if let open {
                if input[position] == "(" { modes[modes.count - 1] = .code(openParentheses: open + 1) }
                if input[position] == ")" {
                    if open == 0 {
                        modes.removeLast()
                    } else {
                        modes[modes.count - 1] = .code(openParentheses: open - 1)
                    }
                }
            }
            take(max(hashes, 1), keep: true)
        }

        mutating func string(_ hashes: Int, _ quotes: Int) {
            let fence = String(repeating: "#", count: hashes)
            if starts(with: "\\" + fence + "(") {
                modes.append(.code(openParentheses: 0))
                return take(2 + hashes, keep: true)
            }
            if starts(with: "\\" + fence) { return take(2 + hashes, keep: false) }
            let end = String(repeating: "\"", count: quotes) + fence
            if starts(with: end) || (quotes == 1 && input[position] == "\n") {
                modes.removeLast()
                return take(input[position] == "\n" ? 1 : quotes + hashes, keep: true)
            }
            take(1, keep: false)
        }

        mutating func blockComment(_ depth: Int) {
            if starts(with: "/*") {
                modes[modes.count - 1] = .blockComment(depth: depth + 1)
                return take(2, keep: false)
            }
            if starts(with: "*/") {
                if depth == 1 { modes.removeLast() } else { modes[modes.count - 1] = .blockComment(depth: depth - 1) }
                return take(2, keep: false)
            }
            take(1, keep: false)
        }

        mutating func lineComment() {
            if input[position] == "\n" { modes.removeLast() }
            take(1, keep: false)
        }
    }
}
