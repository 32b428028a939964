import FoundationEssentials
import PluginAPI

/// Time zones to choose from: the usual ones, and any other that is typed out.
enum TimeZoneMenu {
    private static let usual = [
        "UTC", "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Anchorage",
        "America/Argentina/Buenos_Aires", "America/Bogota", "America/Chicago", "America/Denver", "America/Halifax",
        "America/Lima", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Phoenix",
        "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "America/Toronto", "America/Vancouver",
        "Asia/Bangkok", "Asia/Dhaka", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Jerusalem",
        "Asia/Karachi", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Manila", "Asia/Riyadh", "Asia/Seoul",
        "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Reykjavik",
        "Australia/Adelaide", "Australia/Brisbane", "Australia/Melbourne", "Australia/Perth", "Australia/Sydney",
        "Europe/Amsterdam", "Europe/Athens", "Europe/Berlin", "Europe/Brussels", "Europe/Bucharest",
        "Europe/Copenhagen", "Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon",
        "Europe/London", "Europe/Madrid", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Rome",
        "Europe/Stockholm", "Europe/Vienna", "Europe/Warsaw", "Europe/Zurich", "Pacific/Auckland",
        "Pacific/Honolulu",
    ]

    static func options(typed: String) -> [Option] {
        let wanted = searchable(typed)
        var zones = wanted.isEmpty ? usual : usual.filter { searchable($0).contains(wanted) }
        let exact = typed.unicodeScalars.prefix(64).map(String.init).joined()
        if !zones.contains(exact), isZone(exact) { zones.append(exact) }
        return zones.prefix(100).map { Option($0, value: $0) }
    }

    static func initial(_ zone: String?) -> [Option] {
        zone.flatMap { isZone($0) ? [Option($0, value: $0)] : nil } ?? []
    }

    /// Names of the tz database only: abbreviations such as CST mean several.
    static func isZone(_ name: String) -> Bool {
        name == "UTC" || name.utf8.contains(UInt8(ascii: "/")) && TimeZone(identifier: name) != nil
    }

    /// `new york` finds `America/New_York`.
    private static func searchable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.lowercased().unicodeScalars.prefix(64).map { $0 == "_" ? " " : $0 }))
    }
}
