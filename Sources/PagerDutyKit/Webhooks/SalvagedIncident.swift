private import FoundationEssentials
import PluginAPI

/// What can be made out of a webhook that cannot be read: which incident it is about. A notification that is lost is worse
/// than one that says little.
package struct SalvagedIncident: Sendable, Hashable, Codable {
    /// Tells it apart from every event as PagerDuty sends them.
    private var salvaged = true
    package var id: PagerDuty.ID?
    package var number: Int?

    /// Looks for a number or a link of an incident anywhere in the bytes.
    init?(_ body: [UInt8]) {
        id = Self.after("/incidents/", in: body).flatMap { PagerDuty.ID($0) }
        number =
            ["\"incident_number\":", "\"number\":"].lazy.compactMap { Self.after($0, in: body).flatMap { Int($0) } }
            .first
        if let number, !(1...999_999_999).contains(number) { self.number = nil }
        guard id != nil || number != nil else { return nil }
    }

    /// - Returns: `nil` where the body of a delivery is something else.
    package init?(delivered body: [UInt8]) {
        guard let read = try? JSONDecoder().decode(Self.self, from: Data(body)) else { return nil }
        self = read
    }

    /// The same bytes are the same event.
    var event: DeliveredEvent? {
        guard let body = try? JSONEncoder().encode(self) else { return nil }
        let name = "salvaged-\(id?.value ?? "")-\(number ?? 0)"
        return DeliveredEvent(id: name, orderKey: id?.value, body: [UInt8](body))
    }

    /// The letters and digits that follow a mark, spaces passed over.
    private static func after(_ mark: String, in body: [UInt8]) -> String? {
        let mark = Array(mark.utf8)
        guard body.count > mark.count else { return nil }
        var index = 0
        while index + mark.count < body.count {
            defer { index += 1 }
            guard body[index] == mark[0], body[index..<index + mark.count].elementsEqual(mark) else { continue }
            let rest = body[(index + mark.count)...].drop { $0 == UInt8(ascii: " ") }
            let word = rest.prefix(20).prefix { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            }
            if !word.isEmpty { return String(decoding: word, as: UTF8.self) }
        }
        return nil
    }
}
