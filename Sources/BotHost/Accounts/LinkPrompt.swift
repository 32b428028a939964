import BotStore
import Foundation
import Logging
import PluginAPI

/// Asks a person to link an account, and remembers what they were doing, so that it goes on by itself afterwards.
///
/// The token is pasted into a form, checked at the service and sealed in the store; it is in no message, no log and no
/// view's metadata. (Linking through OAuth takes this prompt's place where an account has an OAuth app.)
struct LinkPrompt: Sendable {
    let accounts: AccountDirectory
    let store: any ValueStore
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
        guard accounts.isConnected(id, served) else {
            return Handled(
                pluginID: WireID.host,
                outcome: .refused(Message("\(Mrkdwn(raw: provider.notConnected))"), isOurFault: false))
        }
        let ticket = Ticket(provider: id, key: await remember(call, core))
        if case .submission = call.reach.surface {
            // The form under it keeps what was typed; it is submitted again when the account is linked.
            return Handled(pluginID: WireID.host, outcome: .form(.push(form(provider, ticket))))
        }
        // A click is meant for the moment: what it was about may be another matter once the account is linked.
        let goesOn = !ticket.key.isEmpty
        let then: Mrkdwn = goesOn ? "and I will go on" : "and then do it once more"
        let reason: Mrkdwn =
            isExpired
            ? "\(provider.name) no longer accepts your link. Link your account again, \(then)."
            : "To use \(call.subject) I act in \(provider.name) as you, with your permissions. Link your account once, \(then)."
        let message = Message("Link your \(provider.name) account first.") {
            Block.section(.mrkdwn(reason))
            Block.actions(
                .button(
                    "Link \(provider.name) account", action: Self.buttonID, value: ticket.text, style: .primary))
            Block.context(.text("Only you see this. You can unlink at any time."))
        }
        return Handled(pluginID: WireID.host, outcome: .refused(message, isOurFault: false))
    }

    private func remember(_ call: Call, _ core: ContextCore) async -> String {
        guard let person = call.person, let typed = call.typed else { return "" }
        let interrupted = Interrupted(
            command: typed, channel: call.channel, responseURL: call.reach.responseURL, place: call.reach.place)
        let key = "\(person.id)/\(core.traceID)"
        guard let data = try? JSONEncoder().encode(interrupted) else { return "" }
        let change = ValueChange.put(
            data, for: "interrupted/\(key)", in: Self.scope(core.workspace.id),
            expiresAt: clock.now().addingTimeInterval(Interrupted.lifetime))
        do {
            _ = try await store.change(change, at: clock.now())
            return core.traceID
        } catch {
            // Then the person types it again: linking goes on all the same.
            logger.error("an interrupted command cannot be remembered: \(error)")
            return ""
        }
    }

    /// What the person was doing, once.
    func takeInterrupted(_ key: String, person: Person, workspace: String) async -> Interrupted? {
        guard !key.isEmpty else { return nil }
        let name = "interrupted/\(person.id)/\(key)"
        do {
            let scope = Self.scope(workspace)
            guard let value = try await store.value(name, in: scope, at: clock.now()) else { return nil }
            // Whoever deletes it, resumes it: of two submissions at once only one does.
            _ = try await store.change(.delete(name, in: scope, expected: .version(value.version)), at: clock.now())
            return try JSONDecoder().decode(Interrupted.self, from: value.data)
        } catch {
            logger.error("an interrupted command cannot be resumed: \(error)")
            return nil
        }
    }

    private static func scope(_ workspace: String) -> ValueScope {
        ValueScope(plugin: WireID.host, workspace: workspace)
    }

    // MARK: the form

    static let buttonID = "host:link"
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
