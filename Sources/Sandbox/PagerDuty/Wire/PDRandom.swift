/// A repeatable source of numbers and ids: the same seed gives the same account.
struct PDRandom: Sendable, RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64: small, and good enough for a made-up history.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }
    mutating func unit() -> Double { Double.random(in: 0..<1, using: &self) }
    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// Capital letters and digits, as in PagerDuty's ids.
    mutating func id(_ prefix: String, length: Int) -> String {
        prefix + text(length, from: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".unicodeScalars))
    }

    mutating func hex(_ length: Int) -> String { text(length, from: Array("0123456789abcdef".unicodeScalars)) }

    private mutating func text(_ length: Int, from alphabet: [Unicode.Scalar]) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<length { scalars.append(alphabet[below(alphabet.count)]) }
        return String(scalars)
    }
}
