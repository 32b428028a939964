import PagerDutyKit
package import PluginAPI

/// Incidents in channels: what happens in PagerDuty shows up in the channels that are connected to the service or its
/// team, stays in step, and people act on it from there.
///
/// `Connections/` says which channel wants what, `Deliveries/` takes in what happened, `State/` keeps what is known of
/// an incident, `Message/` says what a channel shows of it, `Actions/` is what people do with its buttons, `Presence/`
/// notices where the app can no longer post, `Migration/` moves services here from V2 extensions, `Channels/` makes
/// channels for one incident, `IntegrationAPI/` speaks of all that as programs do.
package struct IncidentsPlugin: Plugin {
    package typealias Settings = IncidentsSettings

    package static let manifest = Manifest(
        "incidents", "Follow incidents in a channel and act on them",
        scopes: [
            "chat:write",
            Scope("channels:read", because: "to see whether the app is in a channel that is to be connected"),
            Scope("groups:read", because: "the same for private channels"),
            Scope("users:read", because: "to name the app where it has to be invited"),
            Scope("im:write", because: "to tell whoever connected a channel that the app was removed from it"),
            Scope("channels:join", because: "to join a public channel that is connected"),
            Scope("channels:manage", because: "to make a channel for an incident, invite to it and archive it"),
            Scope("groups:write", because: "the same for private channels"),
            Scope("bookmarks:write", because: "to put the incident's address on top of its channel"),
            Scope("pins:write", because: "to pin the incident in its channel"),
        ],
        accounts: [PagerDuty.provider], webPrefixes: [integrationPrefix])

    package init() {}

    package var routes: [Route<IncidentsPlugin>] {
        deliveryRoutes
        connectionRoutes
        presenceRoutes
        migrationRoutes
        actionRoutes
        channelRoutes
        integrationRoutes
    }
}
