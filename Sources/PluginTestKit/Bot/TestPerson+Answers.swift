import PluginAPI
import Synchronization

extension TestPerson {
    /// What a deed was done to.
    enum Origin {
        case nothing
        case message(String)
        case form(String)
    }

    /// Does something that is answered with a reply.
    func deed(
        _ plugin: String, in channel: Channel?, usage: String? = nil, origin: Origin = .nothing,
        _ work: (RegisteredRoute.Scope) async throws -> Reply
    ) async throws -> Seen {
        let scope = bot.scope(plugin, in: workspace, person: person, channel: channel)
        let seen: Seen
        do {
            let reply = try await work(scope)
            seen = try await show(reply, origin: origin, scope.core)
            enqueue(reply.jobs, scope.core)
        } catch {
            seen = try told(error, usage: usage, scope.core)
        }
        try await bot.settle()
        return refreshed(seen)
    }

    /// Presses or chooses something in a message or form.
    func uses(_ element: JSONValue, value: FieldValue, of seen: Seen, in channel: Channel) async throws -> Seen {
        let actionID = element["action_id"].string ?? ""
        if seen.kind == .form { enter(value, into: actionID) }
        let form = seen.kind == .form ? try top() : nil
        let place = form == nil ? channel : form?.channel
        if WireID.split(actionID)?.plugin == WireID.host {
            return try await types(element["value"].string ?? "", in: place.flatMap(testChannel))
        }
        guard let (plugin, own) = WireID.split(actionID), let handler = bot.table.handlers[plugin]?.action(own) else {
            throw KitProblem("Nobody answers “\(actionID)”: add OnAction(\"\(actionID)\") to the routes")
        }
        let request = ActionRequest(
            id: own, blockID: WireID.own(Elements.block(of: actionID, in: seen.content), of: plugin), value: value,
            person: person,
            message: form == nil
                ? MessageRef(channel: channel.id, ts: seen.id, isEphemeral: seen.isEphemeral) : nil,
            view: form?.reference(in: plugin), fields: form?.fieldValues(of: plugin) ?? FieldValues())
        let origin: Origin = form == nil ? .message(seen.id) : .form(seen.id)
        return try await deed(plugin, in: place, origin: origin) { try await handler(request, $0) }
    }

    private func testChannel(_ channel: Channel) -> TestChannel? {
        bot.host.state.withLock { $0.screen.channels.first { $0.id == channel.id } }
            .map { TestChannel(bot: bot, record: $0) }
    }

    // MARK: Replies

    private func show(_ reply: Reply, origin: Origin, _ core: ContextCore) async throws -> Seen {
        switch reply.kind {
        case .nothing: return .nothing
        case .message(let message, let visibility):
            let isForAll = if case .channel = visibility { true } else { false }
            return post(message, onlyForPerson: !isForAll, core)
        case .updateMessage(let message):
            bot.host.check(message, of: core)
            let content = message.arguments(channel: core.channel?.id ?? "", idPrefix: core.idPrefix)
            guard case .message(let ts) = origin, bot.host.state.withLock({ $0.screen.replace(ts, with: content) })
            else { return post(message, onlyForPerson: true, core) }
            return shownMessage(ts)
        case .deleteMessage:
            if case .message(let ts) = origin { _ = bot.host.state.withLock { $0.screen.remove(ts) } }
            return .nothing
        case .modal(let view): return open(view, core)
        case .loadingModal(_, let make): return open(try await make(), core)
        case .updateView(let view): return redraw(view, core)
        case .pushView(let view): return open(view, core)
        }
    }

    private func post(
        _ message: Message, onlyForPerson: Bool, asksToLink: String? = nil, _ core: ContextCore
    ) -> Seen {
        bot.host.check(message, of: core)
        let channel = core.channel?.id ?? record.directMessageID
        let content = message.arguments(channel: channel, idPrefix: core.idPrefix)
        return bot.host.state.withLock { state in
            let shown = state.screen.post(
                content, in: channel, onlyFor: onlyForPerson ? record.id : nil, for: core, now: state.now)
            return Seen(shown, names: state.screen.names, asksToLink: asksToLink)
        }
    }

    private func shownMessage(_ ts: String) -> Seen {
        bot.host.state.withLock { state in
            state.screen.messages.first { $0.ts == ts }.map { Seen($0, names: state.screen.names) } ?? .nothing
        }
    }

    private func open(_ view: View, _ core: ContextCore) -> Seen {
        bot.host.check(view, of: core)
        bot.host.state.withLock { state in
            let form = OpenForm(
                id: "V\(state.screen.nextNumber())", pluginID: core.pluginID, workspace: core.workspace,
                channel: core.channel, view: view.json(idPrefix: core.idPrefix))
            state.screen.forms[record.id, default: []].append(form)
        }
        return form ?? .nothing
    }

    private func redraw(_ view: View, _ core: ContextCore) -> Seen {
        bot.host.check(view, of: core)
        bot.host.state.withLock { state in
            guard let last = state.screen.forms[record.id]?.indices.last else { return }
            state.screen.forms[record.id]?[last].redraw(view.json(idPrefix: core.idPrefix))
        }
        return form ?? .nothing
    }

    private func enqueue(_ jobs: [JobRequest], _ core: ContextCore) {
        bot.host.state.withLock { state in
            for job in jobs { state.queue.add(job, for: core, now: state.now) }
        }
    }

    /// The sentence that the person reads instead.
    /// - Throws: The error, where no person should read it.
    private func told(_ error: any Error, usage: String?, _ core: ContextCore) throws -> Seen {
        switch error {
        case HTTPFault.unreachable, HTTPFault.timeout, HTTPFault.tooLarge:
            return post(Message(HostSentence.serviceIsAway), onlyForPerson: true, core)
        case StoreFault.unavailable: return post(Message(HostSentence.storeIsAway), onlyForPerson: true, core)
        case let usageError as UsageError:
            return post(Message(usageError.told(usage: usage)), onlyForPerson: true, core)
        case AccountError.notLinked(let provider), AccountError.linkExpired(let provider):
            return post("Link your account first.", onlyForPerson: true, asksToLink: provider, core)
        case let error as any PersonReadableError: return post("\(error.sentence)", onlyForPerson: true, core)
        default: throw error
        }
    }

    // MARK: Forms

    /// Submits a form and shows what its handler answers.
    func answered(
        _ form: OpenForm, by plugin: String, _ scope: RegisteredRoute.Scope, _ work: () async throws -> FormReply
    ) async throws -> Seen {
        let seen: Seen
        do {
            let reply = try await work()
            seen = try await show(reply, form, scope.core)
            enqueue(reply.jobs, scope.core)
        } catch let usage as UsageError {
            seen = marked([form.fields.first?.label ?? "": usage.sentence])
        } catch {
            seen = try told(error, usage: nil, scope.core)
        }
        try await bot.settle()
        return refreshed(seen)
    }

    private func show(_ reply: FormReply, _ form: OpenForm, _ core: ContextCore) async throws -> Seen {
        switch reply.kind {
        case .close(let message):
            drop()
            return message.map { post($0, onlyForPerson: true, core) } ?? self.form ?? .nothing
        case .clear(let message):
            bot.host.state.withLock { $0.screen.forms[record.id] = [] }
            return message.map { post($0, onlyForPerson: true, core) } ?? .nothing
        case .errors(let byField):
            let labels = Dictionary(
                form.fields.map { (WireID.own($0.actionID, of: core.pluginID), $0.label) }
            ) { first, _ in first }
            for field in byField.keys.sorted() where labels[field] == nil {
                bot.host.complain(
                    "\(core.pluginID) answers with an error at “\(field)”, which is no field of the form: it has "
                        + quoted(labels.keys.sorted()))
            }
            return marked(
                Dictionary(byField.map { (labels[$0.key] ?? $0.key, $0.value) }) { first, _ in first })
        case .update(let view): return redraw(view, core)
        case .push(let view): return open(view, core)
        case .answer(let reply):
            drop()
            return try await show(reply, origin: .nothing, core)
        }
    }

    private func drop() { bot.host.state.withLock { _ = $0.screen.forms[record.id]?.popLast() } }

    private func marked(_ errors: [String: String]) -> Seen {
        bot.host.state.withLock { state in
            guard let last = state.screen.forms[record.id]?.indices.last else { return }
            state.screen.forms[record.id]?[last].errors = errors
        }
        return form ?? .nothing
    }

    /// What has become of it, once the jobs that belong to the answer have run.
    private func refreshed(_ seen: Seen) -> Seen {
        guard seen.kind == .message, seen.asksToLink == nil else { return seen }
        let now = shownMessage(seen.id)
        return now.kind == .nothing ? seen : now
    }
}
