/// The colour of the bar beside a message's blocks.
public struct BarColor: Sendable, Hashable {
    /// `#` and six hexadecimal digits.
    package let hex: String

    /// A colour by its parts, 0–255 each.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        let digits = [red, green, blue].map { part in
            let text = String(part, radix: 16)
            return text.utf8.count == 1 ? "0" + text : text
        }
        hex = "#" + digits.joined()
    }
}
