private import PluginAPI

/// Finds what a person means by a part of a name, a few of its words, or a slip of the fingers.
///
/// It lives here, because the names that people type are PagerDuty's; the contract stays without it.
package enum NameMatch {
    /// How well a name fits, best first.
    package enum Quality: Int, Comparable, Sendable {
        /// The same but for case and for what separates the words.
        case same
        /// The name begins with what was typed.
        case beginning
        /// Every word that was typed begins a word of the name.
        case words
        /// What was typed is somewhere in the name.
        case part
        /// A slip of the fingers away.
        case near

        package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    /// What a person may have meant.
    package enum Found<Thing: Sendable>: Sendable {
        case one(Thing)
        /// Best first.
        case several([Thing])
        case none

        /// The same with something else in the place of each.
        package func map<Other>(_ change: (Thing) -> Other) -> Found<Other> {
            switch self {
            case .one(let thing): .one(change(thing))
            case .several(let things): .several(things.map(change))
            case .none: .none
            }
        }
    }

    /// Everything that fits, best first; equals in the order they came in.
    ///
    /// - Parameters:
    ///   - typed: what the person typed; nothing fits everything.
    ///   - things: what there is.
    ///   - name: what a thing is called.
    package static func rank<Thing>(
        _ typed: String, among things: [Thing], by name: (Thing) -> String
    ) -> [(thing: Thing, quality: Quality)] {
        let wanted = Words(typed)
        guard !wanted.all.isEmpty else { return things.map { ($0, .part) } }
        let fitting = things.enumerated().compactMap { index, thing in
            quality(of: Words(name(thing)), for: wanted).map { (index: index, thing: thing, quality: $0) }
        }
        if !fitting.isEmpty {
            return fitting.sorted { ($0.quality, $0.index) < ($1.quality, $1.index) }.map { ($0.thing, $0.quality) }
        }
        // Another number is another thing, and two letters are too few for one of them to be a slip.
        guard wanted.joined.unicodeScalars.count >= shortestWithSlip else { return [] }
        let alike = things.map { ($0, Words(name($0))) }.filter { $0.1.digits == wanted.digits }
        guard let near = Nearest.word(to: wanted.joined, among: alike.map(\.1.joined)) else { return [] }
        return alike.filter { $0.1.joined == near }.map { ($0.0, .near) }
    }

    /// The one that is meant, if that is clear: the only one of the best quality, where that is better than a mere part
    /// or there is no other.
    package static func find<Thing: Sendable>(
        _ typed: String, among things: [Thing], by name: (Thing) -> String
    ) -> Found<Thing> {
        let ranked = rank(typed, among: things, by: name)
        guard let best = ranked.first else { return .none }
        let equals = ranked.filter { $0.quality == best.quality }
        if ranked.count == 1 || equals.count == 1 && best.quality < .part { return .one(best.thing) }
        return .several(ranked.map(\.thing))
    }

    private static let shortestWithSlip = 4

    private static func quality(of name: Words, for typed: Words) -> Quality? {
        if name.joined == typed.joined { return .same }
        if name.joined.unicodeScalars.starts(with: typed.joined.unicodeScalars) { return .beginning }
        let startWords = typed.all.allSatisfy { word in
            name.all.contains { $0.unicodeScalars.starts(with: word.unicodeScalars) }
        }
        if startWords { return .words }
        return name.contains(typed.joined) ? .part : nil
    }

    /// A name as people compare it: lower case, split at whatever is neither letter nor digit.
    private struct Words {
        /// Longer names are compared by their beginning.
        static let longest = 256
        let all: [String]
        let joined: String
        var digits: [Unicode.Scalar] { joined.unicodeScalars.filter { $0.properties.numericType != nil } }

        init(_ text: String) {
            let scalars = text.lowercased().unicodeScalars.prefix(Self.longest)
            all = scalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }.map {
                String(String.UnicodeScalarView($0))
            }
            joined = all.joined(separator: " ")
        }

        func contains(_ part: String) -> Bool {
            let name = Array(joined.unicodeScalars)
            let part = Array(part.unicodeScalars)
            guard part.count <= name.count else { return false }
            return (0...(name.count - part.count)).contains { name[$0...].starts(with: part) }
        }
    }
}
