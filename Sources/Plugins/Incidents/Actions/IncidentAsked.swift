import PagerDutyKit
import PluginAPI

/// Which incident a typed command is about: the one with this number, or the one whose own channel it is typed in.
struct IncidentAsked: Sendable {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// How many incidents are looked through for a number, newest or not.
    static let most = 5_000

    /// - Parameter word: `12` or `#12`; `nil` where none was typed.
    func incident(_ word: String?) async throws -> PagerDuty.ID {
        guard let word else {
            guard let id = try await here() else {
                throw UsageError("Which incident? Type its number, or use the command in the incident's own channel")
            }
            return id
        }
        guard let number = Self.number(word) else {
            throw UsageError("“\(word.oneLine.clipped(to: 40))” is no incident's number")
        }
        guard let id = try await known(number) else {
            throw UsageError("No channel here shows an incident with the number \(number)")
        }
        return id
    }

    /// The incident whose own channel this is.
    func here() async throws -> PagerDuty.ID? {
        guard let channel = context.channel?.id else { return nil }
        return try await IncidentChannelBook(context).incident(of: channel)
    }

    /// Digits only, with or without `#`.
    static func number(_ word: String) -> Int? {
        let digits = word.utf8.first == UInt8(ascii: "#") ? word.utf8.dropFirst() : word.utf8[...]
        guard (1...9).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return String(digits).flatMap { Int($0) }
    }

    /// Only what is shown in this workspace can be named in it.
    private func known(_ number: Int) async throws -> PagerDuty.ID? {
        var (seen, last): (Int, String?) = (0, nil)
        while seen < Self.most {
            let page = try await context.store.list(
                prefix: IncidentRecord.prefix, as: IncidentRecord.self, limit: 200, after: last)
            if let found = page.first(where: { $0.value.shown?.number == number }) { return found.value.id }
            guard page.count == 200, let end = page.last?.key else { return nil }
            (seen, last) = (seen + page.count, end)
        }
        return nil
    }
}
