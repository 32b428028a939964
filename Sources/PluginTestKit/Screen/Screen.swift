import FoundationEssentials
package import PluginAPI

/// What Slack shows: workspaces, people, channels, messages and forms, in memory.
package struct Screen: Sendable {
    /// A message as Slack keeps it.
    package struct Shown: Sendable {
        package let ts: String
        package let workspaceID: String
        package var channel: String
        package let pluginID: String
        /// The one person who sees it.
        package var onlyFor: String?
        /// What a live message is known by.
        package var key: String?
        package var thread: String?
        /// The arguments of `chat.postMessage`.
        package var content: JSONValue

        func isWritten(in channel: String) -> Bool { self.channel == channel || content["channel"].string == channel }
    }

    package private(set) var messages: [Shown] = []
    /// Open forms by the person's id, the one on top last.
    package var forms: [String: [OpenForm]] = [:]
    /// Home tabs by the person's id.
    package private(set) var homes: [String: JSONValue] = [:]
    package var people: [TestPersonRecord] = []
    package var channels: [TestChannelRecord] = []
    private var count = 0

    package init() {}

    /// The workspace that a person or a channel belongs to.
    func home(of id: String) -> String? {
        people.first { $0.id == id }?.workspaceID ?? channels.first { $0.id == id }?.workspaceID
    }

    mutating func nextNumber() -> Int {
        count += 1
        return count
    }

    // MARK: Messages

    @discardableResult
    mutating func post(
        _ content: JSONValue, in channel: String, onlyFor person: String? = nil, key: String? = nil,
        thread: String? = nil, for core: ContextCore, now: Date
    ) -> Shown {
        let seconds = Int64(now.timeIntervalSince1970)
        let number = nextNumber()
        let ts = "\(seconds).\(String(repeating: "0", count: max(0, 6 - String(number).count)))\(number)"
        let shown = Shown(
            ts: ts, workspaceID: core.workspace.id, channel: directMessage(with: channel) ?? channel,
            pluginID: core.pluginID, onlyFor: person, key: key, thread: thread ?? content["thread_ts"].string,
            content: content)
        messages.append(shown)
        return shown
    }

    mutating func replace(_ ts: String, with content: JSONValue) -> Bool {
        guard let index = messages.firstIndex(where: { $0.ts == ts }) else { return false }
        messages[index].content = content
        return true
    }

    mutating func remove(_ ts: String) -> Bool {
        let before = messages.count
        messages.removeAll { $0.ts == ts }
        return messages.count < before
    }

    mutating func show(
        _ content: JSONValue, as key: String, in channel: String, under parent: String?, for core: ContextCore,
        now: Date
    ) {
        if let live = live(key, in: channel, for: core) {
            _ = replace(live.ts, with: content)
        } else {
            let thread = parent.flatMap { live($0, in: channel, for: core)?.ts }
            post(content, in: channel, key: key, thread: thread, for: core, now: now)
        }
    }

    mutating func withdraw(_ key: String, in channel: String, for core: ContextCore) {
        if let live = live(key, in: channel, for: core) { _ = remove(live.ts) }
    }

    func live(_ key: String, in channel: String, for core: ContextCore) -> Shown? {
        messages.first {
            $0.key == key && $0.pluginID == core.pluginID && $0.workspaceID == core.workspace.id
                && $0.isWritten(in: channel)
        }
    }

    /// The conversation between the app and a person, where a person's id stands for it.
    func directMessage(with id: String) -> String? { people.first { $0.id == id }?.directMessageID }

    mutating func publish(_ view: JSONValue, for person: String) { homes[person] = view }
}

/// A person whom a test made.
package struct TestPersonRecord: Sendable, Hashable {
    package let id: String
    package let workspaceID: String
    package let name: String
    package let email: String

    /// The conversation between the app and the person.
    var directMessageID: String { "D" + id.dropFirst() }
}

/// A channel that a test made.
package struct TestChannelRecord: Sendable, Hashable {
    package let id: String
    package let workspaceID: String
    package let name: String
}
