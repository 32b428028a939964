/// Who answers what: one owner for each command, button, form, shortcut, event and job. Built once at the start; a
/// clash is an error that names both plugins.
package struct RouteTable: Sendable {
    package typealias Scope = RegisteredRoute.Scope

    /// A command and the plugin it belongs to.
    package struct CommandEntry: Sendable {
        package let pluginID: String
        package let shape: CommandShape
        package let run: @Sendable (String, Scope) async throws -> Reply
    }

    /// The handlers of one plugin that are found by an id.
    package struct Handlers: Sendable {
        package fileprivate(set) var actions: [String: @Sendable (ActionRequest, Scope) async throws -> Reply] = [:]
        /// Ids that end in `*`, the longest first.
        package fileprivate(set) var actionPrefixes:
            [(prefix: String, handler: @Sendable (ActionRequest, Scope) async throws -> Reply)] = []
        package fileprivate(set) var submits: [String: @Sendable (Submission, Scope) async throws -> FormReply] = [:]
        package fileprivate(set) var closes: [String: @Sendable (FormClosed, Scope) async throws -> Void] = [:]
        package fileprivate(set) var options: [String: @Sendable (OptionsQuery, Scope) async throws -> OptionsReply] =
            [:]
        package fileprivate(set) var shortcuts: [String: @Sendable (ShortcutRequest, Scope) async throws -> Reply] = [:]
        package fileprivate(set) var jobs: [String: @Sendable ([UInt8], Scope) async throws -> Void] = [:]

        package func action(_ id: String) -> (@Sendable (ActionRequest, Scope) async throws -> Reply)? {
            actions[id] ?? actionPrefixes.first { id.utf8.starts(with: $0.prefix.utf8) }?.handler
        }
    }

    /// One plugin's interest in a kind of event.
    package struct EventEntry: Sendable {
        package let pluginID: String
        package let handle: @Sendable (SlackEvent, Scope) async throws -> Void
    }

    /// One plugin's interest in a kind of webhook.
    package struct DeliveryEntry: Sendable {
        package let pluginID: String
        package let handle: @Sendable (Delivery, Scope) async throws -> Void
    }

    /// A step and the plugin it belongs to.
    package struct StepEntry: Sendable {
        package let pluginID: String
        package let shape: StepShape
        package let run: @Sendable ([String: JSONValue], StepExecution, Scope) async throws -> StepOutputs
    }

    /// One plugin's schedule.
    package struct ScheduleEntry: Sendable {
        package let pluginID: String
        package let id: String
        package let schedule: Schedule
        package let run: @Sendable (Scope) async throws -> Void
    }

    package let plugins: [RegisteredPlugin]
    /// Sub-commands of the host's slash command, aliases included.
    package private(set) var words: [String: CommandEntry] = [:]
    /// Commands with a slash of their own.
    package private(set) var slashes: [String: CommandEntry] = [:]
    package private(set) var handlers: [String: Handlers] = [:]
    package private(set) var events: [String: [EventEntry]] = [:]
    package private(set) var deliveries: [String: [DeliveryEntry]] = [:]
    /// Steps of workflows, by their names in the app manifest.
    package private(set) var steps: [String: StepEntry] = [:]
    package private(set) var schedules: [ScheduleEntry] = []
    package private(set) var web = WebDirectory()
    package private(set) var shortcuts: [(pluginID: String, shortcut: Shortcut)] = []

    /// Something that cannot be served as it is declared.
    package struct Clash: Error, Hashable, CustomStringConvertible {
        package let problems: [String]
        package var description: String { problems.joined(separator: "\n") }
    }

    /// - Parameter sources: The kinds of webhooks that are compiled in, whose paths no plugin may claim.
    package init(_ plugins: [RegisteredPlugin], sources: [any DeliverySource] = []) throws(Clash) {
        self.plugins = plugins
        var check = RouteCheck()
        for plugin in plugins {
            check.plugin(plugin.manifest)
            var handlers = Handlers()
            for route in plugin.routes {
                check.route(route, of: plugin.id)
                add(route, of: plugin.id, to: &handlers)
            }
            handlers.actionPrefixes.sort { $0.prefix.utf8.count > $1.prefix.utf8.count }
            self.handlers[plugin.id] = handlers
            web.add(plugin.manifest)
        }
        for source in sources { check.deliveries(of: source) }
        guard check.problems.isEmpty else { throw Clash(problems: check.problems) }
    }

    private mutating func add(_ route: RegisteredRoute, of id: String, to handlers: inout Handlers) {
        switch route {
        case .command(let shape, let slash, let run):
            let entry = CommandEntry(pluginID: id, shape: shape, run: run)
            if let slash {
                slashes[slash] = entry
            } else {
                for word in [shape.name] + shape.aliases { words[word] = entry }
            }
        case .action(let action, let handler):
            if action.utf8.last == UInt8(ascii: "*") {
                handlers.actionPrefixes.append((String(action.dropLast()), handler))
            } else {
                handlers.actions[action] = handler
            }
        case .submit(let form, let handler): handlers.submits[form] = handler
        case .close(let form, let handler): handlers.closes[form] = handler
        case .options(let select, let handler): handlers.options[select] = handler
        case .shortcut(let shortcut, let handler):
            handlers.shortcuts[shortcut.id] = handler
            shortcuts.append((id, shortcut))
        case .event(let type, let handler): events[type, default: []].append(EventEntry(pluginID: id, handle: handler))
        case .delivery(let source, let handler):
            deliveries[source, default: []].append(DeliveryEntry(pluginID: id, handle: handler))
        case .job(let kind, let handler): handlers.jobs[kind] = handler
        case .step(let shape, let run):
            steps[shape.callbackID(of: id)] = StepEntry(pluginID: id, shape: shape, run: run)
        case .schedule(let schedule, let when, let handler):
            schedules.append(ScheduleEntry(pluginID: id, id: schedule, schedule: when, run: handler))
        case .web(let endpoint, let handler):
            web.add(WebDirectory.Entry(pluginID: id, endpoint: endpoint, handle: handler))
        }
    }

    /// The sub-commands of the host's slash command, each once, in the order of the plugins.
    package var subcommands: [CommandEntry] {
        let order = plugins.map(\.id)
        return words.filter { $0.key == $0.value.shape.name }.map(\.value).sorted {
            let (a, b) = (order.firstIndex(of: $0.pluginID) ?? 0, order.firstIndex(of: $1.pluginID) ?? 0)
            return a != b ? a < b : $0.shape.name < $1.shape.name
        }
    }
}
