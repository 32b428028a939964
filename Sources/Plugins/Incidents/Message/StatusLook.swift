import PagerDutyKit
import PluginAPI

/// How a status looks: a sign, a word and the colour of the bar. Sign and word say the same as the colour, for those who
/// do not see it.
struct StatusLook {
    let sign: Mrkdwn
    let word: Mrkdwn
    let color: BarColor

    init(_ incident: PagerDuty.Incident) {
        switch (incident.status, incident.mergedInto) {
        case (_, .some):
            (sign, word) = ("🔀", "Merged")
            color = BarColor(red: 0x8D, green: 0x8D, blue: 0x8D)
        case (.acknowledged, _):
            (sign, word) = ("🟡", "Acknowledged")
            color = BarColor(red: 0xDA, green: 0xA0, blue: 0x38)
        case (.resolved, _):
            (sign, word) = ("🟢", "Resolved")
            color = BarColor(red: 0x2E, green: 0xB6, blue: 0x7D)
        case (.triggered, _):
            sign = incident.urgency == .low ? "🟠" : "🔴"
            word = "Triggered"
            color =
                incident.urgency == .low
                ? BarColor(red: 0xE8, green: 0x7A, blue: 0x1D) : BarColor(red: 0xD0, green: 0x1F, blue: 0x36)
        default:
            sign = "⚪️"
            word = (incident.status?.rawValue ?? "Open").clipped.escaped()
            color = BarColor(red: 0x8D, green: 0x8D, blue: 0x8D)
        }
    }
}
