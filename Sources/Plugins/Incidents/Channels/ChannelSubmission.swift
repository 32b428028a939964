import PagerDutyKit
import PluginAPI

/// A submitted form on its way to an incident's channels.
struct ChannelSubmission: Sendable {
    private typealias Field = ChannelForm.Field
    private let submission: Submission
    private let context: Context<IncidentsPlugin>

    init(_ submission: Submission, _ context: Context<IncidentsPlugin>) {
        self.submission = submission
        self.context = context
    }

    func reply() async throws -> FormReply {
        guard let id = PagerDuty.ID(submission.view.privateMetadata),
            try await context.store.get(IncidentRecord.key(id), as: IncidentRecord.self) != nil
        else { throw try await IncidentClick.refuse("form", context) }
        // As the person: nobody opens a channel for what they may not see.
        let incident = try await context.pagerDuty.acting(as: submission.person).read(.incident(id))
        let notified = NotifiedChannels(context)
        let chosen = submission.fields[Field.notified].strings
        guard chosen.count <= IncidentChannels.mostNotified else {
            return .error(at: Field.notified, "Choose at most \(IncidentChannels.mostNotified) channels.")
        }
        let (places, problems) = try await notified.enter(chosen)
        if let problem = problems.first { return .error(at: Field.notified, problem) }
        var told: [Mrkdwn] = []
        if let wish = try await wish(for: id) {
            let opened: DedicatedChannel.Opened
            switch wish {
            case .failure(let problem): return .error(at: problem.field, problem.sentence)
            case .success(let wish):
                do {
                    opened = try await DedicatedChannel(context).open(wish, for: incident, by: submission.person)
                } catch let refusal as ChannelRefusal {
                    return .error(at: wish.isNew ? Field.name : Field.existing, refusal.sentence)
                }
            }
            told.append(
                "\(IncidentName(incident).link(limit: 150)) has the channel \(Mention.channel(opened.place.id)).")
            told += opened.warnings.map { "⚠️ \($0)" }
        }
        if try await notified.set(places, for: incident) {
            told.append(
                places.isEmpty
                    ? "No other channel is kept informed."
                    : "Kept informed: \(places.map { Mention.channel($0.id) }.joined(separator: ", "))")
        }
        return told.isEmpty ? .close : .close(telling: Message(told.joined(separator: "\n")))
    }

    private struct Problem: Error {
        let field: String
        let sentence: String
    }

    /// - Returns: `nil` where no channel is wanted, or there is one.
    private func wish(for incident: PagerDuty.ID) async throws -> Result<DedicatedChannel.Wish, Problem>? {
        guard try await IncidentChannelBook(context).channels(of: incident).dedicated == nil else { return nil }
        let fields = submission.fields
        let name = fields.string(Field.name)
        let archives = !fields[Field.archive].strings.isEmpty
        switch fields.string(Field.kind).flatMap(ChannelForm.Kind.init) {
        case .newPublic:
            return .success(DedicatedChannel.Wish(kind: .new(name: name, isPrivate: false), isArchived: archives))
        case .newPrivate:
            return .success(DedicatedChannel.Wish(kind: .new(name: name, isPrivate: true), isArchived: archives))
        case .existing:
            guard let id = fields.string(Field.existing) else {
                return .failure(Problem(field: Field.existing, sentence: "Choose the channel."))
            }
            return .success(DedicatedChannel.Wish(kind: .existing(id: id)))
        case .noChannel, nil: return nil
        }
    }
}

extension DedicatedChannel.Wish {
    fileprivate var isNew: Bool {
        if case .new = kind { true } else { false }
    }
}
