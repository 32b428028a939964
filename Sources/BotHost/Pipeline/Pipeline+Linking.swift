import BotStore
import Foundation
import Logging
import PluginAPI
import SlackKit

/// A step of linking an account; the host answers these itself.
enum LinkStep: Sendable {
    /// Somebody pressed the button that opens the form for a token.
    case open(LinkPrompt.Ticket, person: Person, channel: Channel?, reach: Reach)
    /// Somebody pressed the button that is a link: the browser does the rest.
    case followed(person: Person)
    /// Somebody submitted the form with the token.
    case submit(ViewSubmission, person: Person)
}

extension Pipeline {
    /// A step as a call like any other, so that budget, answer and errors are the same.
    func call(for step: LinkStep, in served: ServedWorkspace) -> Call {
        switch step {
        case .open(let ticket, let person, let channel, let reach):
            let asked = Call(
                pluginID: WireID.host, deed: .use("linking"), person: person, channel: channel, reach: reach,
                typed: nil, work: .host { Handled(pluginID: WireID.host, outcome: .done) })
            return Call(
                pluginID: WireID.host, deed: .use("linking"), person: person, channel: channel, reach: reach,
                typed: nil,
                work: .host { [self] in
                    let offer = try await runner.linkPrompt.offer(ticket.provider, to: asked, in: served)
                    if let offer { return offer }
                    guard let provider = runner.linkPrompt.accounts.provider(ticket.provider) else {
                        throw Refusal("This host has no service called “\(ticket.provider)” any more.")
                    }
                    return Handled(
                        pluginID: WireID.host,
                        outcome: .reply(.modal(runner.linkPrompt.form(provider, ticket))))
                })
        case .followed(let person):
            return Call(
                pluginID: WireID.host, deed: .use("linking"), person: person, channel: nil,
                reach: Reach(surface: .event), typed: nil,
                work: .host { Handled(pluginID: WireID.host, outcome: .done) })
        case .submit(let submission, let person):
            let (origin, text) = FormOrigin.parse(submission.view.privateMetadata)
            let reach = Reach(
                surface: .submission(submission.view), triggerID: submission.triggerID,
                responseURL: origin.responseURL)
            let ticket = LinkPrompt.Ticket(text)
            let pasted = submission.view.state.fields(removing: "").string(LinkPrompt.field) ?? ""
            let token = Secret(LinkPrompt.token(pasted))
            return Call(
                pluginID: WireID.host, deed: .use("linking"), person: person, channel: origin.channel,
                reach: reach, typed: nil,
                work: .host { [self] in
                    await link(ticket, token: token, person: person, reach: reach, origin, in: served)
                })
        }
    }

    /// Links with a token, and then goes on with what was interrupted.
    private func link(
        _ ticket: LinkPrompt.Ticket, token: Secret, person: Person, reach: Reach, _ origin: FormOrigin,
        in served: ServedWorkspace
    ) async -> Handled {
        let prompt = runner.linkPrompt
        let account: PluginAPI.LinkedAccount
        do {
            account = try await prompt.accounts.link(
                ticket.provider, person: PersonKey(person), token: token, in: served)
        } catch {
            let readable = error as? any PersonReadableError
            if readable == nil { logger.error("an account cannot be linked: \(error)") }
            let sentence =
                readable?.sentence
                ?? "The service did not answer, so I could not check the token. Please try again in a minute."
            return Handled(pluginID: WireID.host, outcome: .form(.error(at: LinkPrompt.field, sentence)))
        }
        let linked = linkedMessage(account, at: ticket.provider)
        let interrupted = await prompt.interruptions.take(ticket.key, person: person, workspace: served.workspace.id)
        let back = Reach(
            surface: reach.surface, triggerID: reach.triggerID,
            responseURL: interrupted?.responseURL ?? reach.responseURL, place: interrupted?.place)
        guard let interrupted,
            let call = await resumed(interrupted, person, channel: interrupted.channel ?? origin.channel, back)
        else { return Handled(pluginID: WireID.host, outcome: .form(.close(telling: linked))) }
        let traceID = TraceID.make()
        let late = LateAnswer(
            answerer: answerer, call: call, served: served, traceID: traceID, pluginID: WireID.host)
        late.later { await $0.tell(linked) }
        let handled = await handle(call, in: served, traceID: traceID)
        return Handled(pluginID: handled.pluginID, outcome: .form(handled.closingForm))
    }

    /// Tells a person who linked in the browser, and goes on with what was interrupted.
    func goOn(after flow: LinkFlow, with account: PluginAPI.LinkedAccount, in served: ServedWorkspace) async {
        let interrupted = flow.interrupted
        // Slack's own time for a form is over: there is nothing to open one with.
        let reach = Reach(
            surface: interrupted?.click.map { .action(message: $0.message) } ?? .command, triggerID: nil,
            responseURL: interrupted?.responseURL, place: interrupted?.place)
        let traceID = TraceID.make()
        let told = Call(
            pluginID: WireID.host, deed: .use("linking"), person: flow.person, channel: interrupted?.channel,
            reach: reach, typed: nil, work: .host { Handled(pluginID: WireID.host, outcome: .done) })
        await LateAnswer(answerer: answerer, call: told, served: served, traceID: traceID, pluginID: WireID.host)
            .tell(linkedMessage(account, at: flow.provider))
        guard let interrupted,
            let call = await resumed(interrupted, flow.person, channel: interrupted.channel, reach)
        else { return }
        let handled = await handle(call, in: served, traceID: traceID)
        await answerer.deliver(handled, to: call, in: served, traceID: traceID)
    }

    private func linkedMessage(_ account: PluginAPI.LinkedAccount, at provider: String) -> Message {
        let name = runner.linkPrompt.accounts.provider(provider)?.name ?? provider
        return
            "✅ Linked. What you do in \(name) from here, you do as *\(account.name)* (\(account.email)). If that is not right, unlink."
    }

    /// What was interrupted, as a call: permission, policy and the plugin's own checks are made anew.
    /// - Returns: `nil` where nobody answers it any more.
    private func resumed(
        _ interrupted: Interrupted, _ person: Person, channel: Channel?, _ reach: Reach
    ) async -> Call? {
        if let typed = interrupted.command {
            let destination = router.line(
                typed.slash, typed.text, slash: policy().command, person: person, channel: channel, reach: reach)
            guard case .call(let call) = destination else { return nil }
            return call
        }
        guard let click = interrupted.click else { return nil }
        guard clock.now().timeIntervalSince(interrupted.at) <= Interrupted.Click.lifetime else {
            return stale(click, person, channel, reach)
        }
        return router.press(click, person: person, channel: channel, reach: reach)
    }

    /// Says that a click has come too late.
    private func stale(_ click: Interrupted.Click, _ person: Person, _ channel: Channel?, _ reach: Reach) -> Call {
        let store = runner.store
        let now = clock.now()
        return Call(
            pluginID: WireID.host, deed: .use("this button"), person: person, channel: channel, reach: reach,
            typed: nil,
            work: .host {
                let line = AuditLine(
                    at: now, actor: "\(person.teamID)/\(person.id)", action: "click.expired",
                    subject: String(click.actionID.unicodeScalars.prefix(200)), workspace: "")
                try await store.appendAudit([line])
                return Handled(
                    pluginID: WireID.host,
                    outcome: .refused(
                        "Your click was more than 90 seconds ago, so I did not carry it out. Look at the message again, and press once more if it is still right.",
                        isOurFault: false))
            })
    }
}

extension Handled {
    /// The same outcome as an answer to a form that closes over it.
    fileprivate var closingForm: FormReply {
        switch outcome {
        case .reply(let reply): .closing(with: reply)
        case .form(let form): form
        case .refused(let message, _): .close(telling: message)
        case .options, .done: .close
        }
    }
}
