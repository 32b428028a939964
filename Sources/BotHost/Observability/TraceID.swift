/// Names one request through logs, answers and jobs: 13 characters of Crockford's base 32, so that a person can read one
/// out over the telephone.
enum TraceID {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    static func make(_ random: UInt64 = .random(in: .min ... .max)) -> String {
        String(unsafeUninitializedCapacity: 13) { buffer in
            var rest = random
            for index in 0..<13 {
                buffer[index] = alphabet[Int(truncatingIfNeeded: rest & 31)]
                rest >>= 5
            }
            return 13
        }
    }
}
