/// The workspaces where a plugin is on, each with a context of its own.
///
/// A request over HTTP comes from no workspace: the plugin says which one it is about.
public struct Workspaces<Owner: Plugin>: Sendable {
    /// One context for each workspace, ordered by id.
    public let all: [Context<Owner>]

    package init(_ contexts: [Context<Owner>]) {
        all = contexts.sorted { $0.workspace.id < $1.workspace.id }
    }

    /// The context of one workspace.
    /// - Parameter id: Slack's id of it, `T…`.
    /// - Returns: `nil` where the app is not installed there, or the plugin is off.
    public subscript(id: String) -> Context<Owner>? { all.first { $0.workspace.id == id } }
}
