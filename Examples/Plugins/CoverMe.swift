import FoundationEssentials
package import PluginAPI

/// `/pd cover-me 2h`: asks the channel for somebody who takes over your on-call shift; whoever presses the button makes
/// the override in PagerDuty, as themselves.
package struct CoverMe: Plugin {
    package struct Settings: PluginSettings {
        /// PagerDuty's id of the schedule.
        package var schedule = "PSCHED1"
        package init() {}
    }

    package static let manifest = Manifest(
        "cover-me", "Find somebody to cover your shift", scopes: ["chat:write"], accounts: ["pagerduty"])

    package init() {}

    package var routes: [Route<CoverMe>] {
        Handle(AskForCover.self)
        OnAction("cover") { action, context in
            guard let shift = Shift(action.value.string) else { return .nothing }
            guard action.person.id != shift.of else { throw Refusal("You cannot cover yourself.") }
            guard context.now < shift.end else { return .update("This shift is over.") }
            try await shift.override(by: action.person, context)
            return .update(
                "\(action.person.mention) covers for \(Mention.user(shift.of)) until \(Mention.date(shift.end, fallback: shift.end.formatted(.iso8601)))."
            )
        }
    }
}

struct AskForCover: Command {
    static let name = "cover-me", summary = "Ask for somebody to take over your shift"
    @Argument("for how long, such as 2h") var time: Duration
    @Rest("why") var reason = ""

    var confirmation: Confirmation? {
        Confirmation("Cover me", "This asks everybody in the channel, who may be off duty.", yes: "Ask")
    }

    func run(_ context: Context<CoverMe>) async throws -> Reply {
        guard let person = context.person else { throw Refusal("Only a person has a shift.") }
        guard time <= .seconds(7 * 86_400) else { throw UsageError("A week at most", at: "time") }
        let shift = Shift(
            of: person.id, start: context.now, end: context.now.addingTimeInterval(time / .seconds(1)))
        let why: Mrkdwn = reason.isEmpty ? "" : "\n\(reason.escaped(limit: 500))"
        let text: Mrkdwn =
            "\(person.mention) needs cover until \(Mention.date(shift.end, fallback: shift.end.formatted(.iso8601))).\(why)"
        return .inChannel(
            Message(text) {
                Block.section(.mrkdwn(text))
                Block.actions([.button("I'll cover", action: "cover", value: shift.value, style: .primary)])
            })
    }
}

/// Whose time it is, and when.
struct Shift {
    var of: String
    var start: Date
    var end: Date

    init(of person: String, start: Date, end: Date) {
        (of, self.start, self.end) = (person, start, end)
    }

    /// From a button's value; anybody could have sent that.
    init?(_ value: String?) {
        let parts = (value ?? "").split(separator: " ")
        guard parts.count == 3, let start = Double(parts[1]), let end = Double(parts[2]),
            start < end, end < 4_000_000_000, start > 0
        else { return nil }
        self.init(
            of: String(parts[0]), start: Date(timeIntervalSince1970: start), end: Date(timeIntervalSince1970: end))
    }

    var value: String { "\(of) \(Int(start.timeIntervalSince1970)) \(Int(end.timeIntervalSince1970))" }

    /// - SeeAlso: <https://developer.pagerduty.com/api-reference/41d0a7c3c3a01-create-one-or-more-overrides>
    func override(by person: Person, _ context: Context<CoverMe>) async throws {
        let account = context.account("pagerduty")
        guard let user = try await account.linked(person) else { throw AccountError.notLinked(provider: "pagerduty") }
        let override: JSONValue = [
            "start": .string(max(start, context.now).formatted(.iso8601)), "end": .string(end.formatted(.iso8601)),
            "user": ["id": .string(user.userID), "type": "user_reference"],
        ]
        let path = "/schedules/\(context.settings.schedule)/overrides"
        let answer = try await account.send(
            HTTPRequest("POST", path, body: JSONValue.object(["overrides": [override]]).encoded), as: person)
        guard (200...299).contains(answer.status) else {
            throw Refusal("PagerDuty did not take the override (\(answer.status)). Your permissions there decide that.")
        }
    }
}
