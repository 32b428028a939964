import FoundationEssentials
package import PluginAPI

/// `/pd poll "Where do we eat?" Pizza, Soup`: a question with buttons, counted in place.
package struct Poll: Plugin {
    package static let manifest = Manifest("poll", "Ask everybody something", scopes: ["chat:write"])

    package init() {}

    package var routes: [Route<Poll>] {
        Handle(StartPoll.self)
        OnAction("vote/*") { action, context in
            guard let (id, choice) = Ballot.vote(action.value.string), let channel = context.channel else {
                return .nothing
            }
            let person = action.person.id
            let ballot = try await Ballot.change(id, context) { ballot in
                guard !ballot.isClosed, ballot.choices.indices.contains(choice) else { return }
                // Pressing one's own choice again takes the vote back.
                ballot.votes[person] = ballot.votes[person] == choice ? nil : choice
            }
            guard let ballot else { return .ephemeral("This poll is too old.") }
            try await context.messages.show(ballot.message, as: id, in: channel.id)
            return .nothing
        }
        OnAction("close") { action, context in
            guard let id = action.value.string, let channel = context.channel else { return .nothing }
            guard try await context.store.get("poll/\(id)", as: Ballot.self)?.by == action.person.id else {
                throw Refusal("Only whoever asked can close the poll.")
            }
            let ballot = try await Ballot.change(id, context) { $0.isClosed = true }
            if let ballot { try await context.messages.show(ballot.message, as: id, in: channel.id) }
            return .nothing
        }
    }
}

struct StartPoll: Command {
    static let name = "poll", summary = "Ask everybody in this channel something"
    @Argument("the question, in quotes") var question: String
    @Rest("the choices, with commas between them") var choices: String

    func run(_ context: Context<Poll>) async throws -> Reply {
        guard let person = context.person, let channel = context.channel else {
            throw Refusal("A poll belongs to a channel: ask there.")
        }
        let choices = choices.split(whereSeparator: { $0 == "," || $0 == "\n" })
            .map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }.map(String.init)
        guard (2...10).contains(choices.count), choices.allSatisfy({ $0.utf16.count <= 60 }) else {
            throw UsageError("2 to 10 choices of at most 60 characters each", at: "choices")
        }
        guard (1...300).contains(question.utf16.count) else { throw UsageError("1 to 300 characters", at: "question") }
        let id = "\(channel.id)-\(person.id)-\(Int(context.now.timeIntervalSince1970))"
        let ballot = Ballot(id: id, question: question, choices: choices, by: person.id)
        try await context.store.put(ballot, at: "poll/\(id)", expires: context.now.addingTimeInterval(30 * 86_400))
        try await context.messages.show(ballot.message, as: id, in: channel.id)
        return .nothing
    }
}

/// A question, and who chose what.
struct Ballot: Codable, Sendable {
    var id: String
    var question: String
    var choices: [String]
    var by: String
    var votes: [String: Int] = [:]
    var isClosed = false

    /// Changes a ballot safely against everybody who votes at the same moment.
    static func change(
        _ id: String, _ context: Context<Poll>, _ change: @Sendable (inout Ballot) -> Void
    ) async throws -> Ballot? {
        struct Gone: Error {}
        do {
            return try await context.store.update(
                "poll/\(id)", as: Ballot.self, expires: context.now.addingTimeInterval(30 * 86_400)
            ) { known in
                guard var ballot = known else { throw Gone() }
                change(&ballot)
                return ballot
            }
        } catch is Gone {
            return nil
        }
    }

    /// From a button's value; anybody could have sent that.
    static func vote(_ value: String?) -> (id: String, choice: Int)? {
        let parts = (value ?? "").split(separator: " ")
        guard parts.count == 2, let choice = Int(parts[1]) else { return nil }
        return (String(parts[0]), choice)
    }

    var message: Message {
        Message("\(question)") {
            Block.section(.mrkdwn("*\(question)*\(isClosed ? " (closed)" : "")"))
            for (index, choice) in choices.enumerated() {
                let voters = votes.filter { $0.value == index }.keys.sorted().prefix(30)
                let names = voters.map { Mention.user($0) }.joined(separator: " ")
                Block.section(
                    .mrkdwn("\(choice)  *\(votes.values.count { $0 == index })*  \(names)"),
                    accessory: isClosed ? nil : .button("Vote", action: "vote/\(index)", value: "\(id) \(index)"))
            }
            if !isClosed { Block.actions([.button("Close", action: "close", value: id)]) }
        }
    }
}
