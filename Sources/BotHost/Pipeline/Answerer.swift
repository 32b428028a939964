import Foundation
import Logging
import PluginAPI
import SlackKit

/// Brings what a handler returned to the person: in the answer to Slack's request while it is open, through calls where
/// it cannot carry the reply, and later where Slack has stopped waiting.
final class Answerer: Sendable {
    let call: ViewCalls
    let poster: ResponsePoster
    let runner: HandlerRunner
    let inflight: Inflight
    let clock: HostClock
    let logger: Logger

    init(
        call: ViewCalls, poster: ResponsePoster, runner: HandlerRunner, inflight: Inflight, clock: HostClock,
        logger: Logger
    ) {
        self.call = call
        self.poster = poster
        self.runner = runner
        self.inflight = inflight
        self.clock = clock
        self.logger = logger
    }

    // MARK: in time

    /// What Slack hears, at once: whatever the answer itself cannot carry is on its way by a call of our own, and how long
    /// Slack takes for that is not taken from the 3 seconds.
    func acknowledge(
        _ handled: Handled, to call: Call, in served: ServedWorkspace, traceID: String
    ) -> Acknowledgement {
        let delivery = LateAnswer(
            answerer: self, call: call, served: served, traceID: traceID, pluginID: handled.pluginID)
        switch handled.outcome {
        case .done: return .empty
        case .options(let reply):
            return Acknowledgement(reply.groups.isEmpty ? .options(reply.options) : .optionGroups(reply.groups))
        case .reply(let reply):
            if case .command = call.reach.surface, case .message(let message, let visibility) = reply.kind {
                return Acknowledgement(
                    .message(checked(message, of: handled.pluginID), inChannel: visibility.isChannel),
                    pluginID: handled.pluginID)
            }
            delivery.later { await $0.deliver(reply) }
            return .empty
        case .form(let reply): return form(reply, delivery)
        case .refused(let message, _):
            switch call.reach.surface {
            case .command:
                return Acknowledgement(.message(message, inChannel: false), pluginID: handled.pluginID)
            case .submission(let view): return Acknowledgement(refusal(message, of: view), pluginID: handled.pluginID)
            case .options: return Acknowledgement(.options([]))
            case .action, .viewAction:
                delivery.later { await $0.tell(message) }
                return .empty
            case .event: return .empty
            }
        }
    }

    private func form(_ reply: FormReply, _ delivery: LateAnswer) -> Acknowledgement {
        guard case .submission(let view) = delivery.call.reach.surface else { return .empty }
        switch reply.kind {
        case .close(let message):
            if let message { delivery.later { await $0.tell(message) } }
            return .empty
        case .clear(let message):
            if let message { delivery.later { await $0.tell(message) } }
            return Acknowledgement(.clearViews)
        case .errors(let byField):
            let byBlock = blocks(byField, of: view, plugin: delivery.pluginID)
            // A form without inputs has no place for a sentence, and Slack takes no empty list.
            guard byBlock.isEmpty else { return Acknowledgement(.viewErrors(byBlock)) }
            return Acknowledgement(.pushView(.notice("Not done", .problems(byField))))
        case .update(let next):
            return Acknowledgement(.updateView(delivery.dressed(next)), pluginID: delivery.pluginID)
        case .push(let next):
            return Acknowledgement(.pushView(delivery.dressed(next)), pluginID: delivery.pluginID)
        case .answer(let reply):
            switch reply.kind {
            case .modal(let next), .pushView(let next), .updateView(let next):
                return Acknowledgement(.updateView(delivery.dressed(next)), pluginID: delivery.pluginID)
            case .nothing, .message, .updateMessage, .deleteMessage, .loadingModal:
                delivery.later { await $0.deliver(reply) }
                return .empty
            }
        }
    }

    /// Errors stand at blocks; a plugin names fields.
    func blocks(_ byField: [String: String], of view: ViewPayload, plugin: String) -> [String: String] {
        var byBlock: [String: String] = [:]
        for (field, sentence) in byField.sorted(by: { $0.key < $1.key }) {
            let block = view.blockID(ofAction: WireID.prefix(plugin) + field) ?? view.firstInput
            guard let block else { continue }
            byBlock[block] = byBlock[block].map { "\($0) \(sentence)" } ?? sentence
        }
        return byBlock
    }

    /// A form that could not be carried out stays open, with what was typed, and says why. A sentence at a field is shown
    /// as it is, so that one with markup in it gets a view of its own.
    private func refusal(_ message: Message, of view: ViewPayload) -> SlackAnswer {
        if message.blocks.isEmpty, let block = view.firstInput, let sentence = message.text.withoutMarkup {
            return .viewErrors([block: sentence])
        }
        return .pushView(.notice("Not done", message))
    }

    // MARK: Slack's limits

    /// The message as Slack will take it. What had to be cut is said in the log, with the place and the mend.
    func checked(_ message: Message, of plugin: String) -> Message {
        message.checked(idPrefix: WireID.prefix(plugin)) { report($0, plugin) }
    }

    func checked(_ view: View, of plugin: String) -> View {
        view.checked(idPrefix: WireID.prefix(plugin)) { report($0, plugin) }
    }

    private func report(_ faults: [BlockKitFault], _ plugin: String) {
        for fault in faults.prefix(5) {
            logger.error("Slack would refuse what a plugin shows: \(fault)", metadata: ["plugin": "\(plugin)"])
        }
    }

    // MARK: too late

    /// What an answer of ours may take to reach Slack.
    static let headStart = Duration.milliseconds(500)

    /// What Slack hears when the handler is not done in time.
    func placeholder(for call: Call) -> Acknowledgement {
        switch call.reach.surface {
        case .submission: Acknowledgement(.updateView(.loading("One moment")))
        case .options: Acknowledgement(.options([]))
        case .command, .action, .viewAction, .event: .empty
        }
    }

    /// Brings a reply to a person whom Slack has been answered for.
    func deliver(_ handled: Handled, to call: Call, in served: ServedWorkspace, traceID: String) async {
        let late = LateAnswer(answerer: self, call: call, served: served, traceID: traceID, pluginID: handled.pluginID)
        if case .submission = call.reach.surface {
            // Slack must have read our answer, which shows "loading", before the form is changed again.
            try? await clock.sleep(Self.headStart)
        }
        switch handled.outcome {
        case .done, .options: break
        case .reply(let reply): await late.deliver(reply, isLate: true)
        case .form(let reply): await late.deliver(reply)
        case .refused(let message, _):
            if case .submission(let view) = call.reach.surface {
                await late.giveBack(view, remark: message.text, or: message)
            } else {
                await late.tell(message)
            }
        }
    }
}

extension Message {
    /// What is wrong with a form, where its fields cannot be pointed at.
    static func problems(_ byField: [String: String]) -> Message {
        let lines = byField.sorted { $0.key < $1.key }.map { "• \($0.value)" as Mrkdwn }
        return Message("Please try again:\n\(lines.joined(separator: "\n"))")
    }
}

extension Mrkdwn {
    /// The text as plain text; `nil` where markup in it would be shown as it is.
    fileprivate var withoutMarkup: String? {
        guard !source.utf8.contains(where: { "<`*".utf8.contains($0) }) else { return nil }
        return SlackEntities.decode(source)
    }
}

extension Reply.Visibility {
    var isChannel: Bool {
        if case .channel = self { true } else { false }
    }
}

extension ViewPayload {
    /// The first block that a sentence can stand at.
    var firstInput: String? {
        blocks.array?.first { $0["type"].string == "input" }?["block_id"].string
    }
}

extension View {
    /// What a person sees while the form is made.
    static func loading(_ title: String) -> View {
        .modal(title, close: "Close", blocks: [.section("⏳ One moment, please …")])
    }

    /// One message, where a form was.
    static func notice(_ title: String, _ message: Message) -> View {
        .modal(
            title, close: "Close", blocks: message.blocks.isEmpty ? [.section(.mrkdwn(message.text))] : message.blocks)
    }
}
