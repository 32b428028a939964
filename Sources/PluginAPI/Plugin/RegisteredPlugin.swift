/// A plugin without its type: what the host keeps of it.
package struct RegisteredPlugin: Sendable {
    package let manifest: Manifest
    package let routes: [RegisteredRoute]
    /// The names of its settings, for "did you mean".
    package let settingNames: [String]
    /// Reads its settings from its part of `plugins.json`, over the defaults.
    package let settings: @Sendable (JSONValue) throws -> any PluginSettings

    package var id: String { manifest.id }

    package init<P: Plugin>(_ type: P.Type) {
        manifest = P.manifest
        routes = RegisteredRoute.all(P().routes)
        settingNames = Mirror(reflecting: P.Settings()).children.compactMap(\.label)
        settings = { try SettingsDecoder<P.Settings>().decode($0) }
    }

    /// A plugin by its parts, without settings.
    package init(manifest: Manifest, routes: [RegisteredRoute]) {
        self.manifest = manifest
        self.routes = routes
        settingNames = []
        settings = { try SettingsDecoder<NoSettings>().decode($0) }
    }
}

/// A route without its plugin's type.
package enum RegisteredRoute: Sendable {
    /// What a handler is called with beside its request.
    package typealias Scope = (core: ContextCore, settings: any PluginSettings)

    case command(CommandShape, slash: String?, @Sendable (String, Scope) async throws -> Reply)
    case action(id: String, @Sendable (ActionRequest, Scope) async throws -> Reply)
    case submit(id: String, @Sendable (Submission, Scope) async throws -> FormReply)
    case close(id: String, @Sendable (FormClosed, Scope) async throws -> Void)
    case options(id: String, @Sendable (OptionsQuery, Scope) async throws -> OptionsReply)
    case shortcut(Shortcut, @Sendable (ShortcutRequest, Scope) async throws -> Reply)
    case event(type: String, @Sendable (SlackEvent, Scope) async throws -> Void)
    case delivery(source: String, @Sendable (Delivery, Scope) async throws -> Void)
    case job(kind: String, @Sendable ([UInt8], Scope) async throws -> Void)
    case step(StepShape, @Sendable ([String: JSONValue], StepExecution, Scope) async throws -> StepOutputs)
    case schedule(id: String, Schedule, @Sendable (Scope) async throws -> Void)
    case web(WebEndpoint, @Sendable (WebRequest, [Scope]) async throws -> WebResponse)

    /// The routes of a plugin, and those that they bring along: the form of each command's arguments, once.
    static func all<P: Plugin>(_ routes: [Route<P>]) -> [RegisteredRoute] {
        var forms: Set<String> = []
        return routes.flatMap { route in
            switch route.kind {
            case .command(let command, _), .commandShortcut(_, let command):
                let form = command.form.id
                guard forms.insert(form).inserted else { return [RegisteredRoute(route)] }
                return [
                    RegisteredRoute(route),
                    RegisteredRoute(Route(.submit(id: form) { try await command.submit($0, $1) })),
                ]
            default: return [RegisteredRoute(route)]
            }
        }
    }

    init<P: Plugin>(_ route: Route<P>) {
        @Sendable func context(_ scope: Scope) -> Context<P> {
            // The host hands a plugin the settings that the plugin itself decoded; anything else reads as the defaults.
            Context(core: scope.core, settings: scope.settings as? P.Settings ?? P.Settings())
        }
        self =
            switch route.kind {
            case .command(let command, let slash):
                .command(command.shape, slash: slash) { try await command.run($0, context($1)) }
            case .action(let id, let handler): .action(id: id) { try await handler($0, context($1)) }
            case .submit(let id, let handler): .submit(id: id) { try await handler($0, context($1)) }
            case .close(let id, let handler): .close(id: id) { try await handler($0, context($1)) }
            case .options(let id, let handler): .options(id: id) { try await handler($0, context($1)) }
            case .shortcut(let shortcut, let handler): .shortcut(shortcut) { try await handler($0, context($1)) }
            case .commandShortcut(let shortcut, let command):
                .shortcut(shortcut) { try await command.offer(context($1)) }
            case .event(let type, let handler): .event(type: type) { try await handler($0, context($1)) }
            case .delivery(let source, let handler): .delivery(source: source) { try await handler($0, context($1)) }
            case .job(let kind, let handler): .job(kind: kind) { try await handler($0, context($1)) }
            case .step(let step): .step(step.shape) { try await step.run($0, $1, context($2)) }
            case .schedule(let id, let schedule, let handler):
                .schedule(id: id, schedule) { try await handler(context($0)) }
            case .web(let endpoint, let handler):
                .web(endpoint) { try await handler($0, Workspaces($1.map { context($0) })) }
            }
    }
}
