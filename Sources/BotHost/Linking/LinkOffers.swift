import Foundation
import PluginAPI

/// Makes the one-time links that people find in Slack.
struct LinkOffers: Sendable {
    let flows: LinkFlows
    let address: ListenerAddress
    let clock: HostClock

    /// An unguessable address, good for 15 minutes and one account.
    func address(
        of provider: String, for person: Person, interrupted: Interrupted?, in served: ServedWorkspace
    ) async throws -> String {
        let id = try await flows.begin(
            LinkFlow(
                provider: provider, person: person, workspaceID: served.workspace.id,
                organizationID: served.workspace.organizationID, interrupted: interrupted,
                expiresAt: clock.now().addingTimeInterval(Interrupted.lifetime)))
        return "\(await address.url)/link/\(id)"
    }
}
