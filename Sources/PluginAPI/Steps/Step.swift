public import FoundationEssentials

/// A step that people put into workflows of Slack's Workflow Builder, with its inputs as properties.
///
/// ```swift
/// struct BrewStep: Step {
///     static let id = "brew", title = "Brew coffee", summary = "Orders coffee for somebody"
///     static let outputs = [StepOutput.text("order", "Order number")]
///     @Argument("who drinks it") var who: UserRef
///     @Argument("how many cups") var cups = 1
///     func run(_ execution: StepExecution, _ context: Context<Coffee>) async throws -> StepOutputs { … }
/// }
/// ```
///
/// The declaration gives the step's form in Workflow Builder and its part of the app manifest. The host stores each
/// execution, runs it at least once, and tells Slack how it ended: the workflow waits for that.
/// - SeeAlso: <https://docs.slack.dev/workflows/workflow-steps>
public protocol Step: Sendable {
    /// The plugin it belongs to; inferred from ``run(_:_:)``.
    associatedtype Owner: Plugin

    /// Names the step; unique within the plugin: lower-case letters, digits and `_`, 1–50 characters. Workflows that people
    /// have made refer to it, so it must stay.
    static var id: String { get }
    /// What people see in Workflow Builder.
    static var title: String { get }
    /// What it does, in one line.
    static var summary: String { get }
    /// What later steps of the workflow can use.
    static var outputs: [StepOutput] { get }

    /// Makes a step whose inputs are not filled in yet.
    init()

    /// Does it. ``Context/person`` is `nil`: a workflow may be started by anybody, or by nobody.
    /// - Parameter execution: Which execution this is. The same one can come again: give outside calls its id as a key.
    /// - Returns: A value for each of ``outputs``.
    /// - Throws: A ``PersonReadableError`` ends the workflow with its sentence; ``Snooze`` tries again later; anything else
    ///   is tried a few times and then ends the workflow with a general sentence.
    func run(_ execution: StepExecution, _ context: Context<Owner>) async throws -> StepOutputs
}

extension Step {
    /// None.
    public static var outputs: [StepOutput] { [] }
}

/// One execution of a step in one run of a workflow.
public struct StepExecution: Sendable, Hashable {
    /// Slack's id of it, the same however often it is sent.
    public let id: String
    /// Slack's id of the workflow's run; `nil` where Slack does not tell.
    public let workflowRun: String?
    /// When the workflow came to the step.
    public let startedAt: Date

    /// Makes an execution; the host and the test kit do.
    public init(id: String, workflowRun: String? = nil, startedAt: Date) {
        self.id = id
        self.workflowRun = workflowRun
        self.startedAt = startedAt
    }
}
