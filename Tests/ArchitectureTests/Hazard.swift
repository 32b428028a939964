/// A piece of code that may not stand in Sources, with the reason that a reader is given.
struct Hazard: Sendable {
    let rule: String
    let pattern: String
    let reason: String

    /// Finds the first hazard, if any, in a line of code whose comments and string contents are blank.
    /// Word boundaries are the simple ones: by Unicode's rules `text.replacing` is a single word.
    static func search(for hazards: [Hazard]) throws -> (_ line: String) -> Hazard? {
        let compiled = try hazards.map { (hazard: $0, pattern: try Regex($0.pattern).wordBoundaryKind(.simple)) }
        return { line in compiled.first { line.contains($0.pattern) }?.hazard }
    }

    private static let trap = "a trap ends the process for every workspace; throw, or return nil"
    private static let checked =
        "the compiler's proof of thread safety is the only one there is; use a value, an "
        + "actor or a Mutex"

    /// Forbidden in all of Sources.
    static let everywhere: [Hazard] = [
        Hazard(rule: "no try!", pattern: #"\btry!"#, reason: trap),
        Hazard(rule: "no as!", pattern: #"\bas!"#, reason: trap),
        Hazard(
            rule: "no force unwrap or implicitly unwrapped optional",
            pattern: #"[\w)\]}>"?`]!(?!=)"#, reason: trap),
        Hazard(rule: "no fatalError", pattern: #"\bfatalError\s*\("#, reason: trap),
        Hazard(rule: "no preconditionFailure", pattern: #"\bpreconditionFailure\s*\("#, reason: trap),
        Hazard(rule: "no precondition", pattern: #"\bprecondition\s*\("#, reason: trap),
        Hazard(rule: "no @unchecked Sendable", pattern: #"@unchecked\b"#, reason: checked),
        Hazard(rule: "no nonisolated(unsafe)", pattern: #"nonisolated\(unsafe\)"#, reason: checked),
        Hazard(
            rule: "no Task.detached", pattern: #"\bTask\.detached\b"#,
            reason: "nobody waits for it, so a clean stop would leave it half done; use a task group or a Service"),
        Hazard(
            rule: "no replacingOccurrences", pattern: #"\breplacingOccurrences\("#,
            reason: "it compares by canonical equivalence: a quote with a combining mark slips through"),
    ]

    private static let character =
        "a Character is a cluster: \"\\r\\n\" is one, and a quote with a combining mark is "
        + "not a quote; work on UTF-8 bytes or unicode scalars"

    /// Forbidden where a wrong answer lets somebody in or lets something out.
    static let inSecurityCode: [Hazard] = [
        Hazard(rule: "no Character", pattern: #"\bCharacter\b"#, reason: character),
        Hazard(rule: "no replacing(_:with:)", pattern: #"\.replacing\("#, reason: character),
        Hazard(rule: "no components(separatedBy:)", pattern: #"\.components\(separatedBy"#, reason: character),
        Hazard(
            rule: "no Character property",
            pattern: #"(?:^|[^s]|[^e]s)\.is(Letter|Number|Whitespace|Newline|HexDigit|Punctuation|Symbol)\b"#,
            reason: character),  // `properties.isWhitespace` is a scalar's
    ]

    /// Files that verify, escape, seal, or decode what strangers send; matched against the path.
    static let securityCode =
        #"(?i)/[^/]*("#
        + [
            "signature", "signing", "signer", "escap", "mrkdwn", "sealed", "sealing", "keyring", "cipher", "secret",
            "redact", "token", "form(decod|encod|url)", "percent", "webhook",
        ].joined(separator: "|") + #")[^/]*(\.swift$|/)"#

    /// Places where a hazard stands for a reason, one occurrence each.
    static let accepted: [Accepted] = [
        Accepted(
            path: "Sources/PluginAPI/Arguments/Argument.swift", rule: "no preconditionFailure",
            reason:
                "a property wrapper has no way to throw, and only a plugin that runs its own command unparsed gets there"
        )
    ]

    /// A hazard that was looked at and left.
    struct Accepted: Sendable {
        let path: String
        let rule: String
        let reason: String
    }
}
