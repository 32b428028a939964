import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A rota as blocks, cut into pages that Slack takes whole: a message of too much text is refused, and one that is cut
/// hides the last levels.
struct RotaBlocks {
    /// Slack refuses messages of about 13,200 characters of text; half of it leaves room for the rest of a message.
    static let longestPage = 6_000
    static let mostBlocks = 20
    /// A section takes 3,000 characters.
    static let longestSection = 2_900

    let pages: [[Block]]

    init(_ rota: Rota) {
        guard !rota.levels.isEmpty else {
            pages = [[.section("Nobody is on call at the moment.")]]
            return
        }
        var pages: [[Block]] = [[]]
        var length = 0
        for text in rota.levels.flatMap(Self.texts) {
            let size = text.source.utf16.count
            if length + size > Self.longestPage || pages[pages.count - 1].count >= Self.mostBlocks {
                pages.append([])
                length = 0
            }
            pages[pages.count - 1].append(.section(.mrkdwn(text), expand: true))
            length += size
        }
        self.pages = pages
    }

    /// A level as one text, or several where it has very many people.
    private static func texts(_ level: Rota.Level) -> [Mrkdwn] {
        var texts: [Mrkdwn] = []
        var text: Mrkdwn = "*Level \(level.number)*"
        for line in level.shifts.map(line) {
            if text.source.utf16.count + line.source.utf16.count + 1 > longestSection {
                texts.append(text)
                text = "*Level \(level.number)* (continued)"
            }
            text += "\n\(line)"
        }
        return texts + [text]
    }

    private static func line(_ shift: Rota.Shift) -> Mrkdwn {
        var line: Mrkdwn = "• \(name(shift.user))"
        if let schedule = shift.schedule {
            let name = schedule.name.escaped(limit: 200)
            line += " — \(schedule.link.map { Mention.link($0.address, schedule.name) } ?? name)"
        }
        if let until = shift.until { line += ", until \(date(until))" } else { line += ", always on call" }
        if let next = shift.next {
            line += "\n      then \(name(next.user))"
            if next.from != shift.until { line += " from \(date(next.from))" }
        }
        return line.clipped(to: 1_000)
    }

    private static func name(_ user: PagerDuty.User) -> Mrkdwn {
        user.link.map { Mention.link($0.address, user.name) } ?? user.name.escaped(limit: 200)
    }

    /// In each reader's own time zone.
    private static func date(_ date: Date) -> Mrkdwn {
        Mention.date(date, fallback: PagerDutyTime.format(date))
    }
}
