import PluginAPI
import SlackKit
import Testing

/// Valid requests with random damage: bytes changed, doubled, removed, or exchanged between two requests.
@Suite struct `A damaged request` {
    /// SplitMix64: the same damage in every run.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let interesting: [UInt8] = [
        0, 0x1F, 0x20, 0x22, 0x25, 0x26, 0x2B, 0x2C, 0x2D, 0x2E, 0x30, 0x39, 0x3A, 0x3D, 0x45, 0x5B, 0x5C, 0x5D, 0x7B,
        0x7D, 0x7F, 0x80, 0xBF, 0xC0, 0xE2, 0xED, 0xF4, 0xFF,
    ]

    private func damage(_ body: [UInt8], with other: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var body = body
        for _ in 0..<Int.random(in: 1...6, using: &random) where !body.isEmpty {
            let place = Int.random(in: 0..<body.count, using: &random)
            let length = Int.random(in: 0...min(24, body.count - place), using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0: body[place] = Self.interesting.randomElement(using: &random) ?? 0
            case 1: body[place] = UInt8.random(in: 0...255, using: &random)
            case 2: body.insert(Self.interesting.randomElement(using: &random) ?? 0, at: place)
            case 3: body.removeSubrange(place..<(place + length))
            case 4: body.insert(contentsOf: body[place..<(place + length)], at: place)
            case 5:
                let from = Int.random(in: 0..<other.count, using: &random)
                body.insert(contentsOf: other[from..<min(other.count, from + 24)], at: place)
            default: body.removeSubrange(place...)
            }
        }
        return body
    }

    @Test func `is refused or understood, 20 000 times`() {
        var random = Seeded(state: 20_260_901)
        let examples = ExampleRequest.allCases.map(\.body)
        var understood = 0
        var refused = 0
        for round in 0..<20_000 {
            let (kind, bytes) = examples[round % examples.count]
            let other = examples[Int.random(in: 0..<examples.count, using: &random)].bytes
            do {
                let request = try SlackRequest.decode(kind, body: damage(bytes, with: other, &random))
                _ = request.origin.isExternal
                understood += 1
            } catch {
                refused += 1
            }
        }
        // Damage that is always noticed, or never, would say that the test does not reach the decoder.
        #expect(understood > 500)
        #expect(refused > 500)
    }

    @Test func `with damage inside its JSON is refused or understood, 5 000 times`() throws {
        var random = Seeded(state: 7)
        let payloads = try ExampleRequest.allCases.map { try ($0, $0.payload()) }.filter { !$0.1.paths().isEmpty }
        let parts = payloads.flatMap { $0.1.paths().count > 1 ? Array($0.1.object?.values ?? [:].values) : [] }
        for round in 0..<5_000 {
            let (example, payload) = payloads[round % payloads.count]
            guard let path = payload.paths().randomElement(using: &random) else { continue }
            let damaged = payload.replacing(path, by: parts.randomElement(using: &random) ?? nil)
            do {
                _ = try example.decoded(damaged)
            } catch is DecodeFault {}
        }
    }
}
