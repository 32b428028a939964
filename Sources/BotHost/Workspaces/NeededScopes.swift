import BotStore
import PluginAPI
import SlackKit

/// What the app must be allowed to do, and what a workspace has not allowed yet.
///
/// What was granted once stays as it was until the app is installed again, so a plugin that is switched on later works
/// only in part there, until the workspace is authorized again.
struct NeededScopes: Sendable {
    let table: RouteTable
    let policy: @Sendable () -> Policy

    /// A scope with every reason for it, for the person who allows it.
    struct Need: Sendable, Equatable {
        let scope: String
        let reasons: [String]
    }

    /// What an install asks for: what any workspace needs, because an app has one list.
    func everywhere() -> [Need] {
        Self.needs(AppManifest(table: table, policy: policy(), name: "", transport: .socketMode, publicURL: nil))
    }

    /// What the plugins need that are on in this workspace.
    func needed(in workspace: String) -> [Need] {
        Self.needs(
            AppManifest(
                table: table, policy: policy(), name: "", transport: .socketMode, publicURL: nil,
                onlyIn: workspace))
    }

    /// What a workspace lacks.
    func missing(in installation: Installation) -> [Need] {
        let granted = Set(installation.scopes)
        return needed(in: installation.id).filter { !granted.contains($0.scope) }
    }

    private static func needs(_ manifest: AppManifest) -> [Need] {
        manifest.allScopes.map { Need(scope: $0, reasons: manifest.reasons(for: $0)) }
    }
}
