import Foundation

/// Where a sealed secret lives. It is authenticated with the secret, so that one moved elsewhere does not open.
struct SecretPlace: Sendable, CustomStringConvertible {
    let table: String
    let column: String
    /// The parts of the row's key.
    let row: [String]

    /// Header and place, each part with its length before it, so that no two places have the same bytes.
    func bytes(after header: Data) -> Data {
        var bytes = header
        for part in ["bothost", table, column] + row {
            let utf8 = Array(part.utf8)
            let length = UInt32(truncatingIfNeeded: utf8.count)
            for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: length >> UInt32(shift))) }
            bytes.append(contentsOf: utf8)
        }
        return bytes
    }

    var description: String { "The secret in \(table).\(column) of \(row.joined(separator: "/"))" }
}
