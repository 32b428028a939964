/// The query of an address, in the order in which it stands there; names repeat, as in `statuses[]=…&statuses[]=…`.
enum PDQuery {
    static func parse(_ text: String?) -> [(name: String, value: String)] {
        guard let text else { return [] }
        return text.utf8.split(separator: UInt8(ascii: "&")).prefix(500).map { part in
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (decode(halves[0]), halves.count > 1 ? decode(halves[1]) : "")
        }
    }

    /// Percent-encoding undone; what is none stays as it is.
    static func decode(_ bytes: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                out.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                out.append(value)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
