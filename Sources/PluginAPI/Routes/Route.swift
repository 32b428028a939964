/// One thing a plugin answers to: a command, a button, a form, an event, a schedule, a job.
///
/// Made by ``Handle(_:)-swift.func``, ``OnAction(_:_:)`` and their kin inside ``Plugin/routes``; there is nothing to
/// read from it. Kinds can be added without a change to any plugin.
public struct Route<Owner: Plugin>: Sendable {
    package let kind: Kind

    package enum Kind: Sendable {
        case command(AnyCommand<Owner>, slash: String?)
        case action(id: String, @Sendable (ActionRequest, Context<Owner>) async throws -> Reply)
        case submit(id: String, @Sendable (Submission, Context<Owner>) async throws -> FormReply)
        case close(id: String, @Sendable (FormClosed, Context<Owner>) async throws -> Void)
        case options(id: String, @Sendable (OptionsQuery, Context<Owner>) async throws -> OptionsReply)
        case shortcut(Shortcut, @Sendable (ShortcutRequest, Context<Owner>) async throws -> Reply)
        case commandShortcut(Shortcut, AnyCommand<Owner>)
        case event(type: String, @Sendable (SlackEvent, Context<Owner>) async throws -> Void)
        case delivery(source: String, @Sendable (Delivery, Context<Owner>) async throws -> Void)
        case job(kind: String, @Sendable ([UInt8], Context<Owner>) async throws -> Void)
        case step(AnyStep<Owner>)
        case schedule(id: String, Schedule, @Sendable (Context<Owner>) async throws -> Void)
        case web(WebEndpoint, @Sendable (WebRequest, Workspaces<Owner>) async throws -> WebResponse)
    }

    package init(_ kind: Kind) {
        self.kind = kind
    }
}

/// Collects the routes of a plugin.
@resultBuilder
public enum RouteBuilder<Owner: Plugin> {
    /// A single route; the type annotation is what lets `Handle(Brew.self)` infer its plugin.
    public static func buildExpression(_ route: Route<Owner>) -> [Route<Owner>] { [route] }
    /// Routes made elsewhere.
    public static func buildExpression(_ routes: [Route<Owner>]) -> [Route<Owner>] { routes }
    /// Several lines.
    public static func buildBlock(_ parts: [Route<Owner>]...) -> [Route<Owner>] { parts.flatMap(\.self) }
    /// `if` without `else`.
    public static func buildOptional(_ part: [Route<Owner>]?) -> [Route<Owner>] { part ?? [] }
    /// `if`.
    public static func buildEither(first part: [Route<Owner>]) -> [Route<Owner>] { part }
    /// `else`.
    public static func buildEither(second part: [Route<Owner>]) -> [Route<Owner>] { part }
    /// `for`.
    public static func buildArray(_ parts: [[Route<Owner>]]) -> [Route<Owner>] { parts.flatMap(\.self) }
}
