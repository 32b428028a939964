/// Makes identifiers, tokens and secrets from a seed, so that a run can be repeated.
struct SlackIDs: Sendable, RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64: small, and good enough for what only has to be different.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    private static let capitals = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let mixed = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    private static let hexadecimal = Array("0123456789abcdef")
    private static let decimal = Array("0123456789")

    private mutating func characters(_ count: Int, from alphabet: [Character]) -> String {
        var text = ""
        for _ in 0..<count {
            if let character = alphabet.randomElement(using: &self) { text.append(character) }
        }
        return text
    }

    /// `U`, `C`, `V` … and ten capitals and digits.
    mutating func id(_ prefix: String) -> String { prefix + "0" + characters(9, from: Self.capitals) }
    mutating func hex(_ count: Int) -> String { characters(count, from: Self.hexadecimal) }
    mutating func digits(_ count: Int) -> String { characters(count, from: Self.decimal) }
    mutating func word(_ count: Int) -> String { characters(count, from: Self.mixed) }

    mutating func botToken() -> String { "xoxb-\(digits(12))-\(digits(13))-\(word(24))" }
    mutating func uuid() -> String { "\(hex(8))-\(hex(4))-4\(hex(3))-a\(hex(3))-\(hex(12))" }
}
