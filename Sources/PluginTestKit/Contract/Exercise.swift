import PluginAPI
import Synchronization

/// Drives a plugin through everything it answers to, with odd input.
struct Exercise: Sendable {
    let plugin: any Plugin.Type
    let limit: Duration
    let prepare: @Sendable (TestBot) -> Void

    init<P: Plugin>(plugin: P.Type, limit: Duration, prepare: @escaping @Sendable (TestBot) -> Void) {
        self.plugin = plugin
        self.limit = limit
        self.prepare = prepare
    }

    private var id: String { plugin.manifest.id }

    func commands() async -> [String] {
        await inEachWorld { bot, found in
            for commands in bot.table.commands(under: bot.host.slashCommand) {
                for command in commands.commands { await type(command, bot, found) }
            }
        }
    }

    func interactions() async -> [String] {
        await inEachWorld { bot, found in
            guard let handlers = bot.table.handlers[id] else { return }
            let person = bot.person("Ada")
            let place = bot.channel("general").channel
            let odd = OddInput.few
            let values: [FieldValue] =
                [.none, .options([]), .users([]), .moment(.max)] + odd.map { .text($0) }
                + odd.map { .option(ChosenOption(value: $0)) }
            let view = ViewRef(id: "V1", callbackID: "x", privateMetadata: odd[1])
            for (name, handler) in Handlers.actions(handlers) {
                for value in values {
                    let request = ActionRequest(id: name, blockID: "b", value: value, person: person.person, view: view)
                    await run("the button “\(name)” with \(value.brief)", found) {
                        _ = try await person.deed(id, in: place) { try await handler(request, $0) }
                    }
                }
            }
            for (name, handler) in handlers.submits {
                for (metadata, fields) in [("", FieldValues()), (odd[1], FieldValues(["x": .text(odd[1])]))] {
                    let view = ViewRef(id: "V1", callbackID: name, privateMetadata: metadata)
                    let submission = Submission(person: person.person, view: view, fields: fields)
                    await run("the form “\(name)”, empty", found) {
                        let scope = bot.scope(id, in: bot.workspace, person: person.person, channel: place)
                        let reply = try await handler(submission, scope)
                        if case .update(let view) = reply.kind { bot.host.check(view, of: scope.core) }
                    }
                }
            }
            for (name, handler) in handlers.options {
                for typed in odd {
                    await run("the menu “\(name)” with “\(typed.prefix(20))”", found) {
                        let query = OptionsQuery(id: name, blockID: "b", typed: typed, person: person.person)
                        let scope = bot.scope(id, in: bot.workspace, person: person.person, channel: place)
                        _ = try await handler(query, scope)
                    }
                }
            }
            for (name, handler) in handlers.shortcuts {
                await run("the shortcut “\(name)”", found) {
                    let request = ShortcutRequest(id: name, person: person.person)
                    _ = try await person.deed(id, in: nil) { try await handler(request, $0) }
                }
            }
        }
    }

    func events() async -> [String] {
        await inEachWorld { bot, found in
            for type in bot.table.events.keys.sorted() {
                for payload in [[:], ["channel": 1, "user": []], ["channel": "C0GENERAL", "user": "U0ADA"]]
                    as [JSONValue]
                {
                    await run("the event \(type) with \(payload)", found) { try await bot.happens(type, payload) }
                }
            }
            for source in bot.table.deliveries.keys.sorted() {
                for body in ["", "{}", "[]", "{\"event\": 1}", "\u{0}"] {
                    await run("a delivery of \(source) with “\(body)”", found) {
                        do {
                            try await bot.delivers(body, from: source)
                        } catch is DecodingError {
                            // Nobody reads it: what cannot be read is tried again, and set aside for an administrator.
                        }
                    }
                }
            }
            for schedule in bot.table.schedules {
                await run("the schedule “\(schedule.id)”", found) { try await bot.runs(schedule: schedule.id) }
            }
        }
    }

    // MARK: Commands

    private func type(_ command: TypedCommand, _ bot: TestBot, _ found: Findings) async {
        let ada = bot.person("Ada")
        let channel = bot.channel("general")
        let lines = OddInput.words + OddInput.lines(for: command.shape, ada, channel)
        for line in lines {
            let shown = line.count > 40 ? "\(line.prefix(40))… (\(line.utf8.count) bytes)" : line
            let ended = await run("`\(command.line) \(shown)`", found) {
                let seen = try await ada.types("\(command.line) \(line)", in: channel)
                if seen.kind == .form { try await ada.submitsAnything() }
                bot.host.state.withLock { $0.screen.forms = [:] }
            }
            // What hangs once would hang with every other line too.
            guard ended else { return }
        }
        // What was shown at last, pressed once.
        let messages = ada.sees(in: channel).suffix(5)
        for message in messages {
            for label in message.buttons.prefix(10) {
                await run("the button “\(label)” after `\(command.line)`", found) {
                    _ = try await ada.presses(label, on: message, in: channel)
                }
            }
        }
    }

    // MARK: Worlds

    private func inEachWorld(_ work: (TestBot, Findings) async -> Void) async -> [String] {
        let found = Findings()
        for isPrepared in [false, true] {
            let host = FakeHost(slashCommand: "/pd", isBare: true, report: { found.add($0) })
            // What cannot be served at all is told by another rule.
            guard let bot = try? TestBot([plugin], host: host) else { return found.all }
            let ada = bot.person("Ada")
            if isPrepared {
                for provider in plugin.manifest.accounts { ada.links(provider) }
                prepare(bot)
            }
            await work(bot, found)
        }
        return found.all
    }

    /// Runs something that must end in time, and must throw nothing that a person could not read.
    /// - Returns: Whether it ended.
    @discardableResult
    private func run(
        _ what: String, _ found: Findings, _ work: @escaping @Sendable () async throws -> Void
    ) async -> Bool {
        switch await Deadline.race(limit, work) {
        case .none:
            found.add(
                "\(id): \(what) does not end within \(limit): await only what has a limit of its own, and leave work "
                    + "that takes long to a Job")
            return false
        case .some(.success): break
        case .some(.failure(let error)):
            guard !Self.isExpected(error) else { return true }
            found.add(
                "\(id): \(what) throws \(Swift.type(of: error)): a person would read “Something went wrong”. Catch it, or "
                    + "throw a UsageError or Refusal with a sentence. (\(error))")
        }
        return true
    }

    private static func isExpected(_ error: any Error) -> Bool {
        error is any PersonReadableError || error is StoreFault || error is HTTPFault || error is KitProblem
            || error is Snooze || error is Abandon
    }
}

/// The faults that were found so far.
final class Findings: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock(\.self) }

    func add(_ finding: String) { list.withLock { $0.append(finding) } }
}

/// Handlers with a name by which they can be called.
private enum Handlers {
    static func actions(
        _ handlers: RouteTable.Handlers
    ) -> [(String, @Sendable (ActionRequest, RouteTable.Scope) async throws -> Reply)] {
        handlers.actions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            + handlers.actionPrefixes.map { ("\($0.prefix)x", $0.handler) }
    }
}

extension FieldValue {
    fileprivate var brief: String {
        guard let string else { return "nothing" }
        return string.count > 20 ? "“\(string.prefix(20))…”" : "“\(string)”"
    }
}
