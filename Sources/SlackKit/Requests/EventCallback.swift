package import PluginAPI

/// An event of the Events API: a typed envelope around whatever happened.
///
/// - SeeAlso: https://docs.slack.dev/apis/events-api
package struct EventCallback: Sendable, Equatable {
    /// The installation it is delivered for, and who did it, and where, as far as the event says.
    package let origin: Origin
    /// What happened, such as `member_joined_channel`.
    package let type: String
    /// The kind within the kind, such as `channel_join` of `message`.
    package let subtype: String?
    /// Slack's id of it, the same in every redelivery.
    package let eventID: String
    /// When it happened, in seconds since 1970.
    package let eventTime: Int?
    /// What `apps.event.authorizations.list` takes to name all installations that see it.
    package let eventContext: String?
    /// The inner event as Slack sent it. Anything may be missing.
    package var event: JSONValue
    /// The app.
    package let appID: String?

    init(_ payload: WireObject) throws(DecodeFault) {
        let inner = try payload.object("event")
        type = try inner.nonEmptyText("type")
        subtype = inner["subtype"].string
        origin = try Origin(event: payload, inner: inner)
        eventID = try payload.nonEmptyText("event_id")
        guard eventID.utf8.count <= 128 else {
            throw DecodeFault("\(payload.path).event_id", expected: "at most 128 bytes", found: "more")
        }
        eventTime = try payload.integer("event_time")
        eventContext = try payload.filledText("event_context")
        event = payload["event"]
        appID = try payload.optionalID("api_app_id")
    }
}

/// Slack says that it has sent this app more events than it sends in an hour, and has stopped for a minute.
///
/// - SeeAlso: https://docs.slack.dev/apis/events-api/#rate-limits
package struct AppRateLimited: Sendable, Equatable {
    /// The workspace.
    package let teamID: String?
    /// The minute in which it happened, in seconds since 1970.
    package let minute: Int?
    /// The app.
    package let appID: String?

    init(_ payload: WireObject) throws(DecodeFault) {
        teamID = try payload.optionalID("team_id")
        minute = try payload.integer("minute_rate_limited")
        appID = try payload.optionalID("api_app_id")
    }
}
