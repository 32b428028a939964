package import Foundation

/// What an administrator has switched for a plugin in a workspace, over `plugins.json`.
package struct EnablementOverride: Sendable, Equatable {
    package var workspace: String
    package var plugin: String
    package var isEnabled: Bool
    /// Who switched it.
    package var by: String
    package var at: Date

    package init(workspace: String, plugin: String, isEnabled: Bool, by: String, at: Date) {
        self.workspace = workspace
        self.plugin = plugin
        self.isEnabled = isEnabled
        self.by = by
        self.at = at
    }
}

/// Which plugins are switched on or off, workspace by workspace.
package protocol EnablementStore: Sendable {
    func setEnablement(_ override: EnablementOverride) async throws(StoreError)

    /// Takes an override away, so that `plugins.json` decides again. Whether there was one.
    func clearEnablement(workspace: String, plugin: String) async throws(StoreError) -> Bool

    /// All overrides: few, and read often.
    func enablementOverrides() async throws(StoreError) -> [EnablementOverride]
}
