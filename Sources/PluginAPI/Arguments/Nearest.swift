/// "Did you mean …": the nearest of a few known words.
package enum Nearest {
    /// - Returns: The known word with the fewest edits, where that is at most a third of its length (at least one).
    package static func word(to typed: String, among known: some Sequence<String>) -> String? {
        let typed = Array(typed.lowercased().unicodeScalars.prefix(64))
        guard !typed.isEmpty else { return nil }
        var best: (word: String, distance: Int)?
        for word in known {
            let letters = Array(word.lowercased().unicodeScalars.prefix(64))
            let distance = distance(typed, letters)
            let isPrefix = typed.count >= 2 && letters.starts(with: typed)
            guard isPrefix || distance <= max(1, letters.count / 3) else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (word, distance) }
        }
        return best?.word
    }

    /// Edits with neighbouring letters swapped counted as one: the commonest slip of the fingers.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for (j, y) in b.enumerated() {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (x == y ? 0 : 1))
                if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
