/// A command people type, with its arguments as properties.
///
/// ```swift
/// struct Brew: Command {
///     static let name = "brew", summary = "Order coffee for someone"
///     @Argument("who drinks it") var who: UserRef
///     @Argument("how many cups") var cups = 1
///     func run(_ context: Context<Coffee>) async throws -> Reply { … }
/// }
/// ```
///
/// The declaration gives the parser, the usage line, the error messages, the line in `/pd help`, the usage hint in the
/// app manifest, and the form that opens where an argument is missing that must be given.
public protocol Command: Sendable {
    /// The plugin it belongs to; inferred from ``run(_:)``.
    associatedtype Owner: Plugin

    /// The word people type after the slash command: lower-case letters, digits and dashes, 1–24 characters.
    static var name: String { get }
    /// What it does, in one line without a full stop, shown in help.
    static var summary: String { get }
    /// Other words that mean the same.
    static var aliases: [String] { get }

    /// What the person is asked before the command runs: for one that pages people, or cannot be undone. It is asked for
    /// once the arguments are filled in, so that it can name them. `nil`: nothing.
    var confirmation: Confirmation? { get }

    /// Makes a command whose arguments are not filled in yet.
    init()

    /// Answers the person. What is returned is the acknowledgement to Slack; a handler that needs longer than two
    /// seconds is answered for, and its reply is delivered when it is there.
    /// - Throws: ``UsageError`` for what the person can mend, any ``PersonReadableError`` for a sentence of yours;
    ///   anything else is a failure of the plugin and shows a general sentence with a trace id.
    func run(_ context: Context<Owner>) async throws -> Reply
}

extension Command {
    /// None.
    public static var aliases: [String] { [] }
    /// Nothing is asked.
    public var confirmation: Confirmation? { nil }
}

extension Element {
    /// A button that runs a command as though the person had typed it.
    /// - Parameters:
    ///   - label: At most 75 characters.
    ///   - line: The whole line, such as `/pd oncall checkout`; at most 2,000 characters.
    ///   - style: Its colour.
    public static func runsCommand(_ label: String, _ line: String, style: ButtonStyle = .standard) -> Element {
        // The line is part of the id, because Slack wants action ids to differ within a block; of an id it takes 255.
        .button(label, action: "host:run/\(Clip.plain(line, to: 200))", value: line, style: style)
    }
}
