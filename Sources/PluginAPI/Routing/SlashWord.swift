/// What a slash command may look like.
/// - SeeAlso: <https://docs.slack.dev/interactivity/implementing-slash-commands>
package enum SlashWord {
    /// True for 2–32 lower-case letters, digits, `-` and `_` after a `/`.
    package static func isPossible(_ word: String) -> Bool {
        guard word.utf8.first == UInt8(ascii: "/"), (2...32).contains(word.utf8.count) else { return false }
        return word.utf8.dropFirst().allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
