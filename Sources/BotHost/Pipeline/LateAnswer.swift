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
        case .modal(let view): await open(view, isLate: isLate)
        case .loadingModal(let title, let make): await open(loading: title, make)
        case .pushView(let view):
            await attempt("push a form", orTell: Self.cannotOpen) {
                _ = try await answerer.call.push(
                    dressed(view), trigger: call.reach.triggerID ?? "", plugin: pluginID, in: served)
            }
        case .updateView(let view):
            guard case .viewAction(let open) = call.reach.surface else { return await self.open(view, isLate: isLate) }
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
            await replace(viewID: view.id, with: .notice("Not done", .problems(byField)))
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

    private static let cannotOpen: Message =
        "Slack lets me open a form only within three seconds, and that time is over. Please try again."

    private func open(_ view: View, isLate: Bool) async {
        guard let trigger = call.reach.triggerID, !isLate else {
            // The way back to a form that came too late: the same command again, by a button.
            guard let typed = call.typed else { return await tell(Self.cannotOpen) }
            let line = typed.text.isEmpty ? typed.slash : "\(typed.slash) \(typed.text)"
            return await tell(
                Message("That took longer than Slack waits for a form.") {
                    Block.section("That took longer than Slack waits for a form.")
                    Block.actions(.runsCommand("Open the form", line, style: .primary))
                })
        }
        await attempt("open a form", orTell: Self.cannotOpen) {
            if case .viewAction = call.reach.surface {
                _ = try await answerer.call.push(dressed(view), trigger: trigger, plugin: pluginID, in: served)
            } else {
                _ = try await answerer.call.open(dressed(view), trigger: trigger, plugin: pluginID, in: served)
            }
        }
    }

    /// Opens the form at once and fills it when the data is there.
    private func open(loading title: String, _ make: @escaping @Sendable () async throws -> View) async {
        guard let trigger = call.reach.triggerID else { return await tell(Self.cannotOpen) }
        await attempt("open a form", orTell: Self.cannotOpen) {
            let placeholder = dressed(.loading(title))
            let id: String? =
                if case .viewAction = call.reach.surface {
                    try await answerer.call.push(placeholder, trigger: trigger, plugin: pluginID, in: served)
                } else {
                    try await answerer.call.open(placeholder, trigger: trigger, plugin: pluginID, in: served)
                }
            guard let id else { return }
            later { await $0.fill(viewID: id, make) }
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
                message, person: person, channel: call.channel, plugin: pluginID, in: served)
        }
    }

    private func say(_ message: Message) async {
        let message = answerer.checked(message, of: pluginID)
        if let url = call.reach.responseURL, await post(.inChannel(message), to: url) { return }
        guard let channel = call.channel else { return await tell(message) }
        await attempt("post in a channel", orTell: "I am not in this channel, so I cannot post here. Invite me first.")
        {
            try await answerer.call.post(message, channel: channel.id, plugin: pluginID, in: served)
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
        _ what: String, orTell message: Message? = nil, _ work: () async throws -> Void
    ) async {
        do {
            try await work()
        } catch {
            let slack = error as? SlackError
            answerer.logger.error(
                "could not \(what)",
                metadata: [
                    "plugin": "\(pluginID)", "workspace": "\(served.workspace.id)", "trace": "\(traceID)",
                    "code": "\(slack?.code ?? "\(type(of: error))")",
                    "details": "\(slack?.details.joined(separator: "; ") ?? "")",
                ])
            if let message { await tell(message) }
        }
    }
}
