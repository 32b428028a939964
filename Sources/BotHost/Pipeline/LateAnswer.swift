import Foundation
import Logging
import PluginAPI
import SlackKit

/// One answer on its way to one person by calls of our own.
struct LateAnswer: Sendable {
    let answerer: Answerer
    let call: Call
    let served: ServedWorkspace
    let traceID: String
    let pluginID: String

    /// Does something after Slack has been answered.
    func later(_ work: @escaping @Sendable (LateAnswer) async -> Void) {
        answerer.inflight.start { await work(self) }
    }

    func deliver(_ reply: Reply, isLate: Bool = false) async {
        switch reply.kind {
        case .nothing: break
        case .message(let message, let visibility):
            if visibility.isChannel { await say(message) } else { await tell(message) }
        case .updateMessage(let message): await replace(message)
        case .deleteMessage: await delete()
        case .modal(let view), .pushView(let view): await open(view, isLate: isLate)
        case .loadingModal(let title, let make): await open(loading: title, make)
        case .updateView(let view):
            guard case .viewAction(let open, _) = call.reach.surface else {
                return await self.open(view, isLate: isLate)
            }
            await replace(viewID: open.id, with: view, hash: open.hash)
        }
    }

    /// A submitted form shows a "loading" line meanwhile; Slack has no way to close it from here.
    func deliver(_ reply: FormReply) async {
        guard case .submission(let view) = call.reach.surface else { return }
        switch reply.kind {
        case .close(let message), .clear(let message):
            await replace(viewID: view.id, with: .notice("Done", message ?? "✅ Done. You can close this."))
            if let message { await tell(message) }
        case .errors(let byField):
            let byBlock = answerer.blocks(byField, of: view, plugin: pluginID)
            // A form without inputs has no place for a sentence.
            let remark = byBlock.isEmpty ? Message.problems(byField).text : nil
            await giveBack(view, remark: remark, problems: byBlock, or: .problems(byField))
        case .update(let next), .push(let next): await replace(viewID: view.id, with: next)
        case .answer(let reply):
            switch reply.kind {
            case .modal(let next), .pushView(let next), .updateView(let next):
                await replace(viewID: view.id, with: next)
            case .nothing, .message, .updateMessage, .deleteMessage, .loadingModal:
                await replace(viewID: view.id, with: .notice("Done", "✅ Done. You can close this."))
                await deliver(reply)
            }
        }
    }

    // MARK: forms

    private static let tooLate: Message =
        "Slack lets me open a form only within three seconds, and that time is over. Please try again."

    private static func cannotOpen(_ error: any Error) -> Message {
        let sentence = (error as? SlackError)?.sentence ?? "The form could not be opened. Please try again."
        return Message("\(sentence)")
    }

    /// Lays a form before the person: over the one that they are in, or as the first.
    /// - Returns: The form's id.
    private func show(_ view: View, trigger: String) async throws -> String? {
        if case .viewAction(_, isModal: true) = call.reach.surface {
            try await answerer.call.push(dressed(view), trigger: trigger, plugin: pluginID, in: served)
        } else {
            try await answerer.call.open(dressed(view), trigger: trigger, plugin: pluginID, in: served)
        }
    }

    private func open(_ view: View, isLate: Bool) async {
        guard let trigger = call.reach.triggerID, !isLate else { return await offerForm() }
        await attempt("open a form", orTell: Self.cannotOpen) { _ = try await show(view, trigger: trigger) }
    }

    /// The way to a form that cannot be opened now: the same command again, by a button.
    private func offerForm() async {
        // What is said to the app, and what goes on after linking, has nothing to open a form with.
        let isLate = call.reach.triggerID != nil
        guard let typed = call.typed else { return await tell(isLate ? Self.tooLate : Self.onceMore) }
        let line = typed.text.isEmpty ? typed.slash : "\(typed.slash) \(typed.text)"
        let reason: Mrkdwn =
            isLate
            ? "That took longer than Slack waits for a form." : "This needs a form, which Slack opens for a press only."
        await tell(
            Message(reason) {
                Block.section(.mrkdwn(reason))
                Block.actions(.runsCommand("Open the form", line, style: .primary))
            })
    }

    private static let onceMore: Message =
        "Slack opens a form only right after a press: please press once more."

    /// Opens the form at once and fills it when the data is there.
    private func open(loading title: String, _ make: @escaping @Sendable () async throws -> View) async {
        guard let trigger = call.reach.triggerID else { return await offerForm() }
        await attempt("open a form", orTell: Self.cannotOpen) {
            guard let id = try await show(.loading(title), trigger: trigger) else { return }
            later { await $0.fill(viewID: id, make) }
        }
    }

    /// Shows a submitted form again, with what was typed into it; where that cannot be, at least why it was not done.
    /// - Parameters:
    ///   - problems: What stands below a field, by its block's id.
    ///   - message: What takes the form's place where it cannot be drawn again.
    func giveBack(
        _ view: ViewPayload, remark: Mrkdwn? = nil, problems: [String: String] = [:], or message: Message
    ) async {
        // What is pasted into the host's own form is a secret, and is not kept any longer than it takes to check it.
        let form = ReturnedForm(view: view, remark: remark, problems: problems, isFilled: call.pluginID != WireID.host)
        guard let json = form.json else { return await replace(viewID: view.id, with: .notice("Not done", message)) }
        do {
            try await answerer.call.update(view.id, withSent: json, in: served)
        } catch {
            note("show a form again", error)
            await replace(viewID: view.id, with: .notice("Not done", message))
        }
    }

    /// Puts the form where "loading" was, or the reason why there is none.
    func fill(viewID: String, _ make: @escaping @Sendable () async throws -> View) async {
        let form = Call(
            pluginID: call.pluginID, deed: call.deed, person: call.person,
            channel: call.channel, reach: call.reach, typed: call.typed,
            work: .reply { _ in .modal(try await make()) })
        let handled = await answerer.runner.run(form, settings: NoSettings(), in: served, traceID: traceID)
        switch handled.outcome {
        case .reply(let reply):
            guard case .modal(let view) = reply.kind else { return }
            await replace(viewID: viewID, with: view)
        case .refused(let message, _):
            let words = LateAnswer(
                answerer: answerer, call: call, served: served, traceID: traceID, pluginID: handled.pluginID)
            await words.replace(viewID: viewID, with: .notice("Not now", message))
        case .form, .options, .done: break
        }
    }

    func replace(viewID: String, with view: View, hash: String? = nil) async {
        await attempt("fill a form") {
            try await answerer.call.update(viewID, with: dressed(view), hash: hash, plugin: pluginID, in: served)
        }
    }

    /// A form with the way back to where the person was inside it.
    func dressed(_ view: View) -> View {
        var view = view
        let origin = FormOrigin(channel: call.channel, responseURL: call.reach.responseURL)
        view.privateMetadata = origin.metadata(with: view.privateMetadata ?? "")
        return answerer.checked(view, of: pluginID)
    }

    // MARK: messages

    /// Shows a message to the person only: where they are, or in the direct message with the app.
    func tell(_ message: Message) async {
        let message = answerer.checked(message, of: pluginID)
        if let url = call.reach.responseURL, await post(.ephemeral(message), to: url) { return }
        guard let person = call.person else { return }
        await attempt("tell a person something") {
            try await answerer.call.tell(
                message, person: person, channel: call.channel, place: call.reach.place, plugin: pluginID, in: served)
        }
    }

    private static let cannotPost: Message = "I am not in this channel, so I cannot post here. Invite me first."

    private func say(_ message: Message) async {
        let message = answerer.checked(message, of: pluginID)
        if let url = call.reach.responseURL, await post(.inChannel(message), to: url) { return }
        guard let channel = call.channel else { return await tell(message) }
        await attempt("post in a channel", orTell: { _ in Self.cannotPost }) {
            try await answerer.call.post(
                message, channel: channel.id, thread: call.reach.place?.publicThread, plugin: pluginID, in: served)
        }
    }

    private func replace(_ message: Message) async {
        let message = answerer.checked(message, of: pluginID)
        if let url = call.reach.responseURL, await post(.replaceOriginal(message), to: url) { return }
        await tell(message)
    }

    private func delete() async {
        guard let url = call.reach.responseURL else { return }
        _ = await post(.deleteOriginal, to: url)
    }

    private func post(_ message: ResponseMessage, to url: String) async -> Bool {
        await answerer.poster.post(message.body(idPrefix: WireID.prefix(pluginID)), to: url)
    }

    // MARK: when Slack refuses

    private func attempt(
        _ what: String, orTell message: ((any Error) -> Message)? = nil, _ work: () async throws -> Void
    ) async {
        do {
            try await work()
        } catch {
            note(what, error)
            if let message { await tell(message(error)) }
        }
    }

    private func note(_ what: String, _ error: any Error) {
        let slack = error as? SlackError
        answerer.logger.error(
            "could not \(what)",
            metadata: [
                "plugin": "\(pluginID)", "workspace": "\(served.workspace.id)", "trace": "\(traceID)",
                "code": "\(slack?.code ?? "\(type(of: error))")",
                "details": "\(slack?.details.joined(separator: "; ") ?? "")",
            ])
    }
}
