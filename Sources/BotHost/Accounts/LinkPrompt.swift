import BotStore
import Foundation
import Logging
import PluginAPI

/// Asks a person to link an account, and remembers what they were doing, so that it goes on by itself afterwards.
///
/// Where the service has an OAuth app, a button leads to a one-time link; elsewhere a form takes a token. The token is
/// checked at the service and sealed in the store; it is in no message, no log and no view's metadata.
struct LinkPrompt: Sendable {
    let accounts: AccountDirectory
    let interruptions: Interruptions
    /// Makes links; `nil` where nobody can sign in with Slack.
    let offers: LinkOffers?
    let guests: Guests
    let audit: any AuditStore
    let clock: HostClock
    let logger: Logger

    /// What an interruption and its resumption have in common: `provider/key`.
    struct Ticket: Sendable {
        var provider: String
        /// Empty where nothing is to be resumed.
        var key: String

        init(provider: String, key: String) {
            self.provider = provider
            self.key = key
        }

        init(_ text: String) {
            let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
            provider = parts.first ?? ""
            key = parts.count > 1 ? parts[1] : ""
        }

        var text: String { "\(provider)/\(key)" }
    }

    // MARK: ask

    func prompt(
        for call: Call, provider id: String, isExpired: Bool, in served: ServedWorkspace, _ core: ContextCore
    ) async -> Handled {
        guard let provider = accounts.provider(id) else {
            return Handled(
                pluginID: WireID.host,
                outcome: .refused("This host has no service called “\(id)”.", isOurFault: true))
        }
        // Nobody is sent to fetch a token that there is no account to hold against.
        guard accounts.isConnected(id, served) else { return refused("\(Mrkdwn(raw: provider.notConnected))") }
        if let person = call.person {
            do {
                try await guests.refuse(person, from: provider.name, in: served, audit: audit)
            } catch {
                return refused("\((error as? any PersonReadableError)?.sentence ?? "This is not for guests.")")
            }
        }
        await note(id, call, served)
        let interrupted = call.interrupted(at: clock.now())
        if provider.signIn != nil, let offers, let person = call.person {
            do {
                let address = try await offers.address(of: id, for: person, interrupted: interrupted, in: served)
                return prompt(call, provider, isExpired, .button(to: address), goesOn: interrupted)
            } catch {
                logger.error("a link cannot be made: \(error)")
                return refused("Your account cannot be linked right now. Please try again in a minute.")
            }
        }
        let key = await interruptions.remember(interrupted, of: call.person, core)
        let ticket = Ticket(provider: id, key: key)
        if case .submission = call.reach.surface {
            // The form under it keeps what was typed; it is submitted again when the account is linked.
            return Handled(pluginID: WireID.host, outcome: .form(.push(form(provider, ticket))))
        }
        return prompt(call, provider, isExpired, .form(ticket), goesOn: key.isEmpty ? nil : interrupted)
    }

    /// What the button of a message opens that is no prompt itself: the way to sign in, where there is one.
    func offer(_ id: String, to call: Call, in served: ServedWorkspace) async throws -> Handled? {
        guard let provider = accounts.provider(id), provider.signIn != nil, let offers, let person = call.person else {
            return nil
        }
        try await guests.refuse(person, from: provider.name, in: served, audit: audit)
        let address = try await offers.address(of: id, for: person, interrupted: nil, in: served)
        return refused(
            Message("Link your \(provider.name) account.") {
                Block.section("Sign in with Slack and at \(provider.name), and confirm. The link is yours alone.")
                Block.actions(.button("Link your account", action: Self.followID, style: .primary, url: address))
            })
    }

    /// Says that a link has ended, with the way to a new one.
    func lost(_ provider: any AccountProvider) -> Message {
        Message("\(provider.name) no longer accepts your link.") {
            Block.section(
                "\(provider.name) no longer accepts your link, so I cannot act as you there any more. Link your account again."
            )
            Block.actions(
                .button(
                    "Link your account again", action: Self.buttonID,
                    value: Ticket(provider: provider.id, key: "").text, style: .primary))
        }
    }

    /// Where the prompt's button leads.
    private enum Way {
        case button(to: String)
        case form(Ticket)
    }

    private func prompt(
        _ call: Call, _ provider: any AccountProvider, _ isExpired: Bool, _ way: Way, goesOn interrupted: Interrupted?
    ) -> Handled {
        let then: Mrkdwn =
            switch (call.reach.surface, interrupted) {
            case (.submission, _): "close this, and send the form again"
            case (_, nil): "and then do it once more"
            // A click is meant for the moment: after that what it was about may be another matter.
            case (_, .some(let what)) where what.click != nil:
                "and I will go on, if that takes you no longer than 90 seconds"
            default: "and I will go on"
            }
        let reason: Mrkdwn =
            isExpired
            ? "\(provider.name) no longer accepts your link. Link your account again, \(then)."
            : "To use \(call.subject) I act in \(provider.name) as you, with your permissions. Link your account once, \(then)."
        let button: Element =
            switch way {
            case .button(let address):
                .button("Link your account", action: Self.followID, style: .primary, url: address)
            case .form(let ticket):
                .button("Link \(provider.name) account", action: Self.buttonID, value: ticket.text, style: .primary)
            }
        let message = Message("Link your \(provider.name) account first.") {
            Block.section(.mrkdwn(reason))
            Block.actions(button)
            Block.context(.text("Only you see this. You can unlink at any time."))
        }
        if case .submission = call.reach.surface {
            return Handled(
                pluginID: WireID.host, outcome: .form(.push(.notice("Link your account", message))))
        }
        return refused(message)
    }

    /// That somebody tried without an account is noted for good.
    private func note(_ provider: String, _ call: Call, _ served: ServedWorkspace) async {
        guard let person = call.person else { return }
        let line = AuditLine(
            at: clock.now(), actor: "\(person.teamID)/\(person.id)", action: "account.link_asked", subject: provider,
            workspace: served.workspace.id)
        do { try await audit.appendAudit([line]) } catch { logger.error("a prompt cannot be noted: \(error)") }
    }

    private func refused(_ message: Message) -> Handled {
        Handled(pluginID: WireID.host, outcome: .refused(message, isOurFault: false))
    }

    // MARK: the form

    static let buttonID = "host:link"
    /// The button that is an address; Slack tells the app of its press as well.
    static let followID = "host:follow"
    static let formID = "host:link"
    static let field = "host:token"

    /// What is copied from a page often has blanks or the end of a line with it.
    static func token(_ pasted: String) -> String {
        let scalars = pasted.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    func form(_ provider: any AccountProvider, _ ticket: Ticket) -> View {
        .modal(
            "Link your account", submit: "Link", close: "Cancel", id: Self.formID,
            privateMetadata: ticket.text
        ) {
            Block.section(.mrkdwn(Mrkdwn(raw: provider.tokenHelp.steps)))
            Block.input(
                "\(provider.name) user API token",
                .textInput(action: Self.field, min: 1, max: 500, placeholder: provider.tokenHelp.placeholder),
                hint: "It is checked with \(provider.name) and then stored encrypted.")
        }
    }
}

extension Call {
    /// What can go on later: a command that was typed, a press in a message.
    fileprivate func interrupted(at now: Date) -> Interrupted? {
        guard typed != nil || click != nil else { return nil }
        return Interrupted(
            command: typed, click: click, channel: channel, responseURL: reach.responseURL, place: reach.place,
            at: now)
    }
}
