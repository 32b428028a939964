import FoundationEssentials

/// A value with the time at which it was so, of which the latest counts, in whichever order they come.
struct Stamped<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    var value: Value
    var at: Date
    /// What told it: of two at the same time one has to win, always the same.
    var source: String

    init(_ value: Value, at date: Date, source: String) {
        self.value = value
        at = date
        self.source = source
    }

    /// True where this is told by something later than the other.
    func isLater(than other: Stamped?) -> Bool {
        guard let other else { return true }
        return at != other.at ? at > other.at : source.utf8.lexicographicallyPrecedes(other.source.utf8) == false
    }

    /// The later of the two.
    static func later(_ new: Stamped, than present: Stamped?) -> Stamped {
        guard let present, !new.isLater(than: present) else { return new }
        return present
    }
}
