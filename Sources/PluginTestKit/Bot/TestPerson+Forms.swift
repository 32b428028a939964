import PluginAPI
import Synchronization

/// What a person enters into a field: words, a person or a channel (interpolated), or several of them.
public struct FormEntry: Sendable, Hashable, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral {
    let words: [String]

    /// One entry.
    public init(stringLiteral value: String) { words = [value] }
    /// Several choices.
    public init(arrayLiteral elements: String...) { words = elements }
}

extension TestPerson {
    /// Fills in the form on top by its labels, and submits it. What is not named stays as it is.
    ///
    /// As in Slack, a form is not submitted while something is missing that it needs.
    /// - Parameter entries: What is entered, by label.
    /// - Returns: The form with its errors where it stays, else what the person sees then.
    @discardableResult
    public func submits(_ entries: [String: FormEntry] = [:]) async throws -> Seen {
        try await fills(entries)
        let form = try top()
        for field in form.fields where field.isMissing(form.values[field.actionID] ?? .none) {
            throw KitProblem("“\(field.label)” is empty: Slack would not submit the form")
        }
        guard let (plugin, own) = WireID.split(form.callbackID), let handler = bot.table.handlers[plugin]?.submits[own]
        else {
            throw KitProblem(
                "Nobody takes the form “\(form.callbackID)”: give the view an id and add OnSubmit(…) to the routes")
        }
        let submission = Submission(
            person: person, view: form.reference(in: plugin), fields: form.fieldValues(of: plugin))
        let scope = bot.scope(plugin, in: workspace, person: person, channel: form.channel)
        return try await answered(form, by: plugin, scope) { try await handler(submission, scope) }
    }

    /// Fills in fields of the form on top without submitting it.
    /// - Parameter entries: What is entered, by label.
    public func fills(_ entries: [String: FormEntry]) async throws {
        for (label, entry) in entries.sorted(by: { $0.key < $1.key }) {
            let form = try top()
            guard let field = form.fields.first(where: { $0.label == label }) else {
                throw KitProblem("The form has no field “\(label)”; it has \(quoted(form.fields.map(\.label)))")
            }
            let offered = try await offered(by: field, typed: entry.words.first ?? "", in: form.channel)
            let value = try field.value(entry.words, offered: offered)
            enter(value, into: field.actionID)
        }
    }

    /// Types into a menu whose choices the plugin looks up.
    /// - Parameters:
    ///   - typed: What is typed.
    ///   - label: The field's label.
    /// - Returns: The choices as people read them.
    public func searches(_ typed: String, in label: String) async throws -> [String] {
        let form = try top()
        guard let field = form.fields.first(where: { $0.label == label }) else {
            throw KitProblem("The form has no field “\(label)”; it has \(quoted(form.fields.map(\.label)))")
        }
        return try await offered(by: field, typed: typed, in: form.channel).map(\.text.text)
    }

    /// Closes the form on top without submitting it.
    /// - Returns: The form under it, or nothing.
    @discardableResult
    public func closes() async throws -> Seen {
        let form = try top()
        bot.host.state.withLock { _ = $0.screen.forms[record.id]?.popLast() }
        if form.view["notify_on_close"].bool == true, let (plugin, own) = WireID.split(form.callbackID),
            let handler = bot.table.handlers[plugin]?.closes[own]
        {
            let closed = FormClosed(person: person, view: form.reference(in: plugin), isCleared: false)
            try await handler(closed, bot.scope(plugin, in: workspace, person: person, channel: form.channel))
            try await bot.settle()
        }
        return self.form ?? .nothing
    }

    func enter(_ value: FieldValue, into actionID: String) {
        bot.host.state.withLock { state in
            guard let last = state.screen.forms[record.id]?.indices.last else { return }
            state.screen.forms[record.id]?[last].values[actionID] = value
        }
    }

    func top() throws -> OpenForm {
        guard let form = bot.host.state.withLock({ $0.screen.forms[record.id]?.last }) else {
            throw KitProblem("\(record.name) has no form open")
        }
        return form
    }

    /// What an external menu offers; empty for any other.
    func offered(by field: FormField, typed: String, in channel: Channel?) async throws -> [Option] {
        guard field.type.contains("external") else { return [] }
        guard let (plugin, own) = WireID.split(field.actionID), let handler = bot.table.handlers[plugin]?.options[own]
        else { throw KitProblem("Nobody offers choices for “\(field.label)”: add OnOptions(…) to the routes") }
        let query = OptionsQuery(id: own, blockID: "b", typed: typed, person: person)
        let reply = try await handler(query, bot.scope(plugin, in: workspace, person: person, channel: channel))
        return reply.options + reply.groups.flatMap(\.options)
    }
}
