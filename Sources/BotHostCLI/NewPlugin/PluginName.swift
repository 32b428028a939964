import Foundation
import PluginAPI

/// A plugin's name in its three forms: `lunch-bot` in plugins.json, `LunchBot` in Swift, `lunch-bot` as a command.
struct PluginName: Equatable {
    /// The id and the command's word.
    let id: String
    /// The stem of its types and folder.
    let stem: String

    /// Why a name cannot be used, and what could be.
    struct Refused: Error, Equatable {
        let reason: String
        let suggestion: String?

        var sentence: String { suggestion.map { "\(reason) Try: bothost new-plugin \($0)" } ?? reason }
    }

    /// - Parameters:
    ///   - name: As a person typed it.
    ///   - taken: Ids and command words that exist already.
    ///   - modules: Modules that exist already.
    init(_ name: String, taken: Set<String>, modules: Set<String>) throws(Refused) {
        let words = Self.words(name)
        let id = words.joined(separator: "-")
        let stem = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        guard id.utf8.elementsEqual(name.utf8) else {
            throw Refused(
                reason:
                    "“\(Self.shown(name))” cannot be a plugin's name: lower-case letters and digits, words joined by "
                    + "dashes, starting with a letter.",
                suggestion: Self.isPossible(id) ? id : nil)
        }
        guard Self.isPossible(id) else {
            throw Refused(
                reason: "A plugin's name has 1 to 24 characters and starts with a letter.",
                suggestion: words.first.map { String($0.prefix(24)) }.flatMap { Self.isPossible($0) ? $0 : nil })
        }
        guard id != WireID.host, id != "help" else {
            throw Refused(reason: "“\(id)” belongs to the host.", suggestion: "my-\(id)")
        }
        guard !taken.contains(id), !modules.contains("\(stem)Plugin") else {
            let free = (2...99).map { "\(id)-\($0)" }.first { !taken.contains($0) }
            throw Refused(reason: "There is a plugin or command “\(id)” already.", suggestion: free)
        }
        self.id = id
        self.stem = stem
    }

    /// Letters and digits of what was typed, as words: `LunchBot!` is `lunch`, `bot`.
    private static func words(_ name: String) -> [String] {
        var words = [""]
        let plain = name.folding(options: .diacriticInsensitive, locale: nil)
        for scalar in plain.unicodeScalars.prefix(200) {
            switch scalar {
            case "A"..."Z":
                if let last = words.last?.unicodeScalars.last, ("a"..."z").contains(last) { words.append("") }
                words[words.count - 1] += scalar.properties.lowercaseMapping
            case "a"..."z", "0"..."9": words[words.count - 1].unicodeScalars.append(scalar)
            default: words.append("")
            }
        }
        // Figures cannot stand at the start.
        let kept = words.filter { !$0.isEmpty }.drop { $0.utf8.allSatisfy { (48...57).contains($0) } }
        guard let first = kept.first else { return [] }
        return [String(first.drop { $0.isNumber })] + kept.dropFirst()
    }

    private static func isPossible(_ id: String) -> Bool {
        guard let first = id.utf8.first, (97...122).contains(first) else { return false }
        return id.utf8.count <= 24
    }

    private static func shown(_ name: String) -> String {
        String(
            name.unicodeScalars.prefix(60).filter { !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 32 }
                .map(Character.init))
    }
}
