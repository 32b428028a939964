import PagerDutyKit
import PluginAPI

/// One event in the thread of an incident: what happened, who did it, and their words.
///
/// People have the names that they have in PagerDuty: a mention in a new message would notify them, and PagerDuty has
/// done that.
struct IncidentUpdate {
    private let event: PagerDuty.IncidentEvent
    private let people = People()

    init(_ event: PagerDuty.IncidentEvent) {
        self.event = event
    }

    var message: Message {
        Message("\(sign) \(sentence)")
    }

    private var sentence: Mrkdwn {
        let sentence = ChangeWords(IncidentChange(event), people: people).sentence
        guard let words, !words.isEmpty else { return sentence }
        return "\(sentence)\n> \(words)"
    }

    /// What somebody wrote or chose.
    private var words: Mrkdwn? {
        switch event.subject {
        case .nothing:
            event.kind == .priorityUpdated
                ? "Now \(event.incident?.priority?.name.clipped ?? "without a priority")" : nil
        case .note(let text), .statusUpdate(let text): text.oneLine.escaped(limit: 2_000)
        case .responder(let person, let policy, let state, let message):
            [
                (person ?? policy).map { people.name(of: $0) }, state.map { "_\($0.clipped)_" },
                message.map { $0.oneLine.escaped(limit: 500) },
            ].compactMap(\.self).joined(separator: " · ")
        case .role(let role, let assignee):
            "\((role ?? "A role").clipped): \(assignee.map { people.name(of: $0) } ?? "nobody")"
        case .task(let name, let status):
            status.map { "\(name.clipped) · _\($0.clipped)_" } ?? name.clipped.escaped()
        case .workflow(let name): name.clipped.escaped()
        case .action(let name, let state):
            state.map { "\(name.clipped) · _\($0.clipped)_" } ?? name.clipped.escaped()
        case .conferenceBridge(let number, let link):
            [link.map { Mention.link($0.address) }, number.map { $0.clipped.escaped() }].compactMap(\.self)
                .joined(separator: " · ")
        case .customFields(let fields):
            fields.prefix(10).map { "\($0.name.clipped): \($0.value.clipped)" as Mrkdwn }.joined(separator: " · ")
        }
    }

    private var sign: Mrkdwn {
        switch event.kind {
        case .triggered, .reopened: "🔴"
        case .acknowledged: "🟡"
        case .unacknowledged: "🔴"
        case .resolved: "🟢"
        case .escalated, .reassigned, .delegated: "➡️"
        case .annotated: "📝"
        case .statusUpdatePublished: "📣"
        case .responderAdded, .responderReplied, .roleAssigned: "🙋"
        case .priorityUpdated, .typeChanged: "🏷️"
        case .taskCreated, .taskUpdated, .taskCompleted: "☑️"
        case .workflowStarted, .workflowCompleted, .actionCreated, .actionUpdated, .actionTerminated: "⚙️"
        case .conferenceBridgeUpdated: "🎧"
        default: "•"
        }
    }
}
