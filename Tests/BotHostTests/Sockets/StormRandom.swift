import Synchronization

/// Numbers that look random and can be had again: SplitMix64.
struct StormRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func fraction() -> Double { Double(next() % 1_000_000) / 1_000_000 }
}

/// The same for whoever may ask from anywhere.
final class StormChances: Sendable {
    private let random: Mutex<StormRandom>

    init(seed: UInt64) {
        random = Mutex(StormRandom(state: seed))
    }

    func next() -> Double { random.withLock { $0.fraction() } }
}
