// Route constructors are written like types, because in a plugin they read as declarations.

/// Answers a sub-command of the host's slash command: `Handle(Brew.self)` answers `/pd brew`.
public func Handle<C: Command>(_ command: C.Type) -> Route<C.Owner> {
    Route(.command(AnyCommand(command), slash: nil))
}

/// Answers a slash command of its own: `Handle(Deploy.self, as: "/deploy")`.
/// - Parameter slash: 2–32 characters, starting with `/`, lower case, unique among plugins.
/// - SeeAlso: <https://docs.slack.dev/interactivity/implementing-slash-commands>
public func Handle<C: Command>(_ command: C.Type, as slash: String) -> Route<C.Owner> {
    Route(.command(AnyCommand(command), slash: slash))
}

/// Makes a kind of job known, so that one stored before a restart can be run after it.
public func Perform<J: Job>(_ job: J.Type) -> Route<J.Owner> {
    Route(
        .job(kind: J.kind) { payload, context in
            try await J.decoded(from: payload).run(context)
        })
}

/// Answers a press of a button, a choice in a menu, or any other block action with this id.
/// - Parameters:
///   - id: The `action:` id the plugin gave to the element. Ending in `*` it matches every id that starts so.
///   - handler: Returns what the person sees; see ``Reply``.
/// - SeeAlso: <https://docs.slack.dev/reference/interaction-payloads/block_actions-payload>
public func OnAction<P: Plugin>(
    _ id: String, _ handler: @escaping @Sendable (ActionRequest, Context<P>) async throws -> Reply
) -> Route<P> {
    Route(.action(id: id, handler))
}

/// Answers the submission of a form whose ``View`` has this id.
/// - SeeAlso: <https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload>
public func OnSubmit<P: Plugin>(
    _ id: String, _ handler: @escaping @Sendable (Submission, Context<P>) async throws -> FormReply
) -> Route<P> {
    Route(.submit(id: id, handler))
}

/// Learns that a person closed a form without submitting it; the form must have asked for it (`notifyOnClose`).
public func OnClose<P: Plugin>(
    _ id: String, _ handler: @escaping @Sendable (FormClosed, Context<P>) async throws -> Void
) -> Route<P> {
    Route(.close(id: id, handler))
}

/// Answers what a person types into an external select with this action id. Slack waits 3 seconds and shows nothing
/// when there is no answer, so look things up in something fast.
/// - SeeAlso: <https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload>
public func OnOptions<P: Plugin>(
    _ id: String, _ handler: @escaping @Sendable (OptionsQuery, Context<P>) async throws -> OptionsReply
) -> Route<P> {
    Route(.options(id: id, handler))
}

/// Answers a shortcut from the composer's menu.
/// - Parameter name: What people see, at most 24 characters.
/// - SeeAlso: <https://docs.slack.dev/interactivity/implementing-shortcuts>
public func OnShortcut<P: Plugin>(
    _ id: String, named name: String, _ description: String,
    _ handler: @escaping @Sendable (ShortcutRequest, Context<P>) async throws -> Reply
) -> Route<P> {
    Route(.shortcut(Shortcut(id: id, name: name, description: description, surface: .composer), handler))
}

/// Offers a command as a shortcut in the composer's menu: it opens the form of the command's arguments.
/// - Parameters:
///   - command: The command; `Handle` it as well where people may also type it.
///   - name: What people see, at most 24 characters.
/// - SeeAlso: <https://docs.slack.dev/interactivity/implementing-shortcuts>
public func OnShortcut<C: Command>(_ command: C.Type, named name: String) -> Route<C.Owner> {
    let shortcut = Shortcut(
        id: "command/\(C.name)", name: name, description: Clip.plain(C.summary, to: 150), surface: .composer)
    return Route(.commandShortcut(shortcut, AnyCommand(command)))
}

/// Answers a shortcut from a message's menu.
/// - Parameter name: What people see, at most 24 characters.
public func OnMessageShortcut<P: Plugin>(
    _ id: String, named name: String, _ description: String,
    _ handler: @escaping @Sendable (ShortcutRequest, Context<P>) async throws -> Reply
) -> Route<P> {
    Route(.shortcut(Shortcut(id: id, name: name, description: description, surface: .message), handler))
}

/// Learns of an event of the Events API. The event is stored and acknowledged before the handler runs.
/// - Parameter type: Slack's name of the event, such as `member_joined_channel`.
/// - SeeAlso: <https://docs.slack.dev/reference/events>
public func OnEvent<P: Plugin>(
    _ type: String, _ handler: @escaping @Sendable (SlackEvent, Context<P>) async throws -> Void
) -> Route<P> {
    Route(.event(type: type, handler))
}

/// Offers a step to workflows of Slack's Workflow Builder; see ``Step``.
/// - SeeAlso: <https://docs.slack.dev/workflows/workflow-steps>
public func OnStep<S: Step>(_ step: S.Type) -> Route<S.Owner> {
    Route(.step(AnyStep(step)))
}

/// Learns of what another service tells by a webhook. It is verified, stored and acknowledged before the handler runs, and
/// the handler is called once for each workspace where the plugin is on.
/// - Parameter source: The id of a ``DeliverySource`` that is compiled in, such as `pagerduty.v3`.
public func OnDelivery<P: Plugin>(
    _ source: String, _ handler: @escaping @Sendable (Delivery, Context<P>) async throws -> Void
) -> Route<P> {
    Route(.delivery(source: source, handler))
}

/// Runs at a fixed interval in every workspace where the plugin is on, counted from the start of the day in UTC.
/// - Parameters:
///   - interval: At least one minute.
///   - id: Names the schedule; unique within the plugin.
public func Every<P: Plugin>(
    _ interval: Duration, _ id: String, _ handler: @escaping @Sendable (Context<P>) async throws -> Void
) -> Route<P> {
    Route(.schedule(id: id, .every(interval), handler))
}

/// Answers a request over HTTP: `WebRoute(.get, "orders/{id}") { request, workspaces in … }` answers
/// `GET /plugins/coffee/orders/17` on the public listener, and the same path below each of the manifest's `webPrefixes`.
///
/// A path without names in braces goes before one with them. What the handler throws is answered by the host: a sentence
/// for people as 400, an account or a service that is away as 502 or 503, all else as 500 with the trace id.
/// - Parameters:
///   - method: One method; a second one is a second route.
///   - path: Components between slashes, each a word or a name in braces that stands for any word.
///   - authorization: Who may ask.
///   - bodyLimit: The longest body in bytes, at most 1 MiB; a longer one is refused with 413.
///   - handler: Has 30 seconds. Says by ``Workspaces`` in which workspace it acts.
public func WebRoute<P: Plugin>(
    _ method: WebMethod, _ path: String, authorization: WebAuthorization = .apiToken, bodyLimit: Int = 65_536,
    _ handler: @escaping @Sendable (WebRequest, Workspaces<P>) async throws -> WebResponse
) -> Route<P> {
    Route(
        .web(
            WebEndpoint(method: method, path: path, authorization: authorization, bodyLimit: bodyLimit), handler))
}

/// Runs at times of the day in every workspace where the plugin is on, once however many hosts there are.
///
/// ```swift
/// Cron("0 9 * * 1", in: "Europe/Berlin", "monday") { context in … }   // Mondays at nine
/// ```
///
/// A time that the clocks skip in spring comes as soon as they have; one that they repeat in autumn comes once. With `*` for
/// the hour it comes in every hour that passes. After a stop the last time that was missed is made up for, and not all of
/// them. A plugin that is new somewhere waits for the next time.
/// - Parameters:
///   - expression: Five fields: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). Each is `*`,
///     numbers, ranges and lists of them with or without a step, as in `*/15`, `9-17`, `1,15`, `mon-fri`. Where both days
///     are limited, either is enough.
///   - zone: A name of the tz database, such as `Europe/Berlin` or `UTC`.
///   - id: Names the schedule; unique within the plugin.
/// - SeeAlso: `crontab(5)`
public func Cron<P: Plugin>(
    _ expression: String, in zone: String, _ id: String,
    _ handler: @escaping @Sendable (Context<P>) async throws -> Void
) -> Route<P> {
    Route(.schedule(id: id, .cron(expression, in: zone), handler))
}
