public import PluginAPI
import Synchronization

/// A person of a ``TestBot``. In a typed line they stand for themselves: `"/pd brew \(ben)"`.
public struct TestPerson: Sendable, CustomStringConvertible {
    let bot: TestBot
    let workspace: Workspace
    let record: TestPersonRecord

    /// Slack's id of the person.
    public var id: String { record.id }
    /// As Slack writes the person in a command.
    public var description: String { "<@\(record.id)|\(record.name.lowercased())>" }
    /// As a plugin is given the person.
    public var person: Person { Person(id: record.id, teamID: record.workspaceID) }

    /// Links an account, as though the person had done so.
    /// - Parameters:
    ///   - provider: The provider's id; ``TestBot/account(_:provider:)`` makes it known.
    ///   - user: Who they are there.
    public func links(_ provider: String, as user: LinkedAccount? = nil) {
        let user = user ?? LinkedAccount(userID: "P\(record.id)", name: record.name, email: record.email)
        _ = bot.account(provider)
        bot.host.state.withLock { $0.accounts[provider]?.linked[record.id] = user }
    }

    // MARK: What the person sees

    /// The messages of a channel as this person sees them, the oldest first: everybody's and the person's own.
    public func sees(in channel: TestChannel) -> [Seen] { messages(in: channel.id) }

    /// The direct messages between the bot and the person, the oldest first.
    public var directMessages: [Seen] { messages(in: record.directMessageID) }

    /// The form on top, if one is open.
    public var form: Seen? {
        bot.host.state.withLock { state in
            state.screen.forms[record.id]?.last.map { Seen($0, names: state.screen.names) }
        }
    }

    private func messages(in channel: String) -> [Seen] {
        bot.host.state.withLock { state in
            state.screen.messages.filter { $0.channel == channel && [nil, record.id].contains($0.onlyFor) }
                .map { Seen($0, names: state.screen.names) }
        }
    }

    // MARK: What the person does

    /// Types a command.
    /// - Parameters:
    ///   - line: The whole line, with its slash; people and channels are interpolated.
    ///   - channel: Where; `general` where nothing is said.
    /// - Returns: What the person sees then.
    /// - Throws: ``KitProblem`` where nobody answers; what the handler threw, where no person should read it.
    @discardableResult
    public func types(_ line: String, in channel: TestChannel? = nil) async throws -> Seen {
        let (slash, text) = RouteTable.firstWord(of: line)
        switch bot.table.owner(ofLine: slash, text, slash: bot.host.slashCommand) {
        case .command(let entry, let isWord, let words):
            let prefix = isWord ? "\(slash) \(entry.shape.name)" : slash
            let usage = entry.shape.usage.isEmpty ? prefix : "\(prefix) \(entry.shape.usage)"
            return try await deed(entry.pluginID, in: place(channel), usage: usage) { try await entry.run(words, $0) }
        case .unknownWord(let word, _, _):
            throw unanswered("\(slash) \(word)")
        case .nobody: throw unanswered(line)
        }
    }

    private func unanswered(_ line: String) -> KitProblem {
        let lines = bot.table.commands(under: bot.host.slashCommand).flatMap(\.commands).map(\.line)
        let near = Nearest.word(to: line, among: lines).map { "; did you mean “\($0)”?" } ?? ""
        return KitProblem("Nobody answers “\(line)”\(near) There is \(quoted(lines))")
    }

    /// Presses a button.
    /// - Parameters:
    ///   - label: What stands on it.
    ///   - seen: The message or form it stands in; the form on top, else the newest message that has it.
    ///   - channel: Where the message is; `general` where nothing is said.
    /// - Returns: What the person sees then.
    @discardableResult
    public func presses(_ label: String, on seen: Seen? = nil, in channel: TestChannel? = nil) async throws -> Seen {
        let place = place(channel)
        let target = try target(with: label, seen, place)
        guard let element = Elements.all(in: target.content).first(where: { $0["text"]["text"].string == label }) else {
            throw KitProblem("No button “\(label)”; there is \(quoted(target.buttons))")
        }
        return try await uses(element, value: .text(element["value"].string ?? ""), of: target, in: place)
    }

    /// Chooses something from a menu in a message, or from one in a form that answers at once.
    /// - Parameters:
    ///   - choice: The option as people read it; a person or channel, interpolated.
    ///   - menu: The menu's placeholder, or the id that the plugin gave it.
    ///   - seen: The message or form it stands in.
    ///   - channel: Where the message is; `general` where nothing is said.
    /// - Returns: What the person sees then.
    @discardableResult
    public func chooses(
        _ choice: String, from menu: String, on seen: Seen, in channel: TestChannel? = nil
    ) async throws -> Seen {
        let elements = Elements.all(in: seen.content)
        let element = elements.first {
            $0["placeholder"]["text"].string == menu || WireID.split($0["action_id"].string ?? "")?.own == menu
        }
        guard let element else {
            let names = elements.compactMap { WireID.split($0["action_id"].string ?? "")?.own }
            throw KitProblem("No menu “\(menu)”; there is \(quoted(names))")
        }
        let field = FormField(
            label: menu, actionID: element["action_id"].string ?? "", isOptional: true, element: element)
        let place = place(channel)
        let offered = try await offered(by: field, typed: choice, in: place)
        return try await uses(element, value: field.value([choice], offered: offered), of: seen, in: place)
    }

    /// Chooses a shortcut, from the composer's menu or from a message's.
    /// - Parameters:
    ///   - name: What people see.
    ///   - seen: The message; `nil` for one from the composer.
    ///   - channel: Where the message is; `general` where nothing is said.
    /// - Returns: What the person sees then.
    @discardableResult
    public func uses(shortcut name: String, on seen: Seen? = nil, in channel: TestChannel? = nil) async throws -> Seen {
        let known = bot.table.shortcuts.first {
            $0.shortcut.name == name && ($0.shortcut.surface == .message) == (seen != nil)
        }
        guard let known, let handler = bot.table.handlers[known.pluginID]?.shortcuts[known.shortcut.id] else {
            throw KitProblem("No shortcut “\(name)”; there is \(quoted(bot.table.shortcuts.map(\.shortcut.name)))")
        }
        let place = seen == nil ? nil : place(channel)
        let request = ShortcutRequest(
            id: known.shortcut.id, person: person,
            message: seen.map { MessageRef(channel: place?.id ?? "", ts: $0.id) },
            messageContent: seen?.content ?? .null)
        return try await deed(known.pluginID, in: place) { try await handler(request, $0) }
    }

    private func target(with label: String, _ seen: Seen?, _ place: Channel) throws -> Seen {
        if let seen { return seen }
        if let form { return form }
        let visible = messages(in: place.id) + directMessages
        guard let newest = visible.last(where: { $0.buttons.contains(label) }) else {
            throw KitProblem(
                "\(record.name) sees no button “\(label)”; there is \(quoted(visible.flatMap(\.buttons)))")
        }
        return newest
    }

    func place(_ channel: TestChannel?) -> Channel {
        (channel ?? bot.channel("general", of: workspace)).channel
    }
}

/// Finds what can be pressed or chosen in a message or view.
enum Elements {
    static func all(in content: JSONValue) -> [JSONValue] {
        let attached = (content["attachments"].array ?? []).flatMap { $0["blocks"].array ?? [] }
        return ((content["blocks"].array ?? []) + attached).flatMap { block in
            (block["elements"].array ?? []) + [block["accessory"], block["element"]].filter { $0 != .null }
        }
    }

    /// The block that an element stands in.
    static func block(of actionID: String, in content: JSONValue) -> String {
        let attached = (content["attachments"].array ?? []).flatMap { $0["blocks"].array ?? [] }
        let block = ((content["blocks"].array ?? []) + attached).first { block in
            ((block["elements"].array ?? []) + [block["accessory"], block["element"]])
                .contains { $0["action_id"].string == actionID }
        }
        return block?["block_id"].string ?? "b"
    }
}
