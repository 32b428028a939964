import FoundationEssentials
package import PluginAPI

/// `/pd remind 45m Look at the graphs`: reminds a channel, through any restart.
package struct Reminders: Plugin {
    package static let manifest = Manifest("reminders", "Remind a channel of something", scopes: ["chat:write"])

    package init() {}

    package var routes: [Route<Reminders>] {
        Handle(RemindChannel.self)
        OnAction("cancel") { action, context in
            let id = action.value.string ?? ""
            guard let reminder = try await context.store.get("reminder/\(id)", as: Reminder.self) else {
                return .update("It is too late: everybody was reminded.")
            }
            try await context.jobs.cancel(uniqueKey: id)
            try await context.store.delete("reminder/\(id)")
            return .update("Cancelled: \(reminder.text.escaped(limit: 500))")
        }
        OnAction("snooze") { action, context in
            guard let text = action.value.string, let place = action.message else { return .nothing }
            let reminder = Reminder(
                id: "\(place.ts)-snoozed", text: text, channel: place.channel, by: action.person.id)
            try await context.store.put(reminder, at: "reminder/\(reminder.id)")
            return .update("Again in ten minutes: \(text.escaped(limit: 500))")
                .then(SendReminder(reminder: reminder), after: .seconds(600))
        }
        Perform(SendReminder.self)
    }
}

struct Reminder: Codable, Sendable {
    var id: String
    var text: String
    var channel: String
    var by: String
}

struct RemindChannel: Command {
    static let name = "remind", summary = "Remind this channel of something"
    @Argument("in how long, such as 45m") var time: Duration
    @Rest("of what") var text: String

    func run(_ context: Context<Reminders>) async throws -> Reply {
        guard let person = context.person, let channel = context.channel else {
            throw Refusal("Reminders belong to a channel: ask there.")
        }
        guard (1...1_000).contains(text.utf16.count) else { throw UsageError("1 to 1,000 characters", at: "text") }
        let due = context.now.addingTimeInterval(time / .seconds(1))
        let id = "\(channel.id)-\(person.id)-\(Int(due.timeIntervalSince1970))"
        let reminder = Reminder(id: id, text: text, channel: channel.id, by: person.id)
        try await context.store.put(reminder, at: "reminder/\(id)")
        return .ephemeral(
            Message("I will remind this channel.") {
                Block.section(
                    .mrkdwn("I will remind this channel \(Mention.date(due, fallback: due.formatted(.iso8601)))."))
                Block.actions([.button("Cancel it", action: "cancel", value: id)])
            }
        ).then(SendReminder(reminder: reminder), after: time)
    }
}

/// Reminds once: the live message's key makes a second run show nothing new.
struct SendReminder: Job {
    static let kind = "reminders.send"
    var reminder: Reminder
    var uniqueKey: String? { reminder.id }

    func run(_ context: Context<Reminders>) async throws {
        guard try await context.store.get("reminder/\(reminder.id)", as: Reminder.self) != nil else { return }
        let text: Mrkdwn = "⏰ \(reminder.text.escaped(limit: 1_500))\nfrom \(Mention.user(reminder.by))"
        let message = Message(text) {
            Block.section(.mrkdwn(text))
            Block.actions([.button("In ten minutes", action: "snooze", value: reminder.text)])
        }
        try await context.messages.show(message, as: reminder.id, in: reminder.channel)
        try await context.store.delete("reminder/\(reminder.id)")
    }
}
