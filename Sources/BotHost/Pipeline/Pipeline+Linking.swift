import BotStore
import Logging
import PluginAPI
import SlackKit

/// A step of linking an account; the host answers these itself.
enum LinkStep: Sendable {
    /// Somebody pressed "Link account".
    case open(LinkPrompt.Ticket, person: Person, channel: Channel?, reach: Reach)
    /// Somebody submitted the form with the token.
    case submit(ViewSubmission, person: Person)
}

extension Pipeline {
    /// A step as a call like any other, so that budget, answer and errors are the same.
    func call(for step: LinkStep, in served: ServedWorkspace) -> Call {
        switch step {
        case .open(let ticket, let person, let channel, let reach):
            return Call(
                pluginID: WireID.host, deed: .use("linking"), person: person, channel: channel, reach: reach,
                typed: nil,
                work: .host { [self] in
                    guard let provider = runner.linkPrompt.accounts.provider(ticket.provider) else {
                        throw Refusal("This host has no service called “\(ticket.provider)” any more.")
                    }
                    return Handled(
                        pluginID: WireID.host,
                        outcome: .reply(.modal(runner.linkPrompt.form(provider, ticket))))
                })
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

    /// Links, and then goes on with what was interrupted.
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
        let name = prompt.accounts.provider(ticket.provider)?.name ?? ticket.provider
        let linked: Message =
            "✅ Linked. What you do in \(name) from here, you do as *\(account.name)* (\(account.email)). If that is not right, unlink."
        let interrupted = await prompt.takeInterrupted(ticket.key, person: person, workspace: served.workspace.id)
        guard let interrupted, let typed = interrupted.command else {
            return Handled(pluginID: WireID.host, outcome: .form(.close(telling: linked)))
        }
        let traceID = TraceID.make()
        let back = Reach(
            surface: reach.surface, triggerID: reach.triggerID,
            responseURL: interrupted.responseURL ?? reach.responseURL, place: interrupted.place)
        let destination = router.line(
            typed.slash, typed.text, slash: policy().command, person: person,
            channel: interrupted.channel ?? origin.channel, reach: back)
        guard case .call(let call) = destination else {
            return Handled(pluginID: WireID.host, outcome: .form(.close(telling: linked)))
        }
        let late = LateAnswer(
            answerer: answerer, call: call, served: served, traceID: traceID, pluginID: WireID.host)
        late.later { await $0.tell(linked) }
        let handled = await handle(call, in: served, traceID: traceID)
        return Handled(pluginID: handled.pluginID, outcome: .form(handled.closingForm))
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
