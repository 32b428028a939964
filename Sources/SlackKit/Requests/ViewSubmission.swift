/// A form that a person submitted.
///
/// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
package struct ViewSubmission: Sendable, Equatable {
    /// An address to answer in the conversation that the person chose in the form.
    package struct ResponseAddress: Sendable, Equatable {
        package let blockID: String
        package let actionID: String
        package let channelID: String
        /// To be checked with ``ResponseURL`` before use.
        package let url: String
    }

    /// Who submitted it, and where.
    package let origin: Origin
    /// The form, with what was filled in.
    package let view: ViewPayload
    /// One for each conversation menu that asked for it.
    package let responseAddresses: [ResponseAddress]
    /// Opens another modal, once, within three seconds.
    package let triggerID: String?
    /// The app.
    package let appID: String?

    init(_ payload: WireObject) throws(DecodeFault) {
        origin = try Origin(interaction: payload)
        view = try ViewPayload(payload.object("view"))
        var addresses: [ResponseAddress] = []
        for (index, address) in try payload.array("response_urls").enumerated() {
            let address = try WireObject(address, at: "\(payload.path).response_urls[\(index)]")
            addresses.append(
                ResponseAddress(
                    blockID: try address.text("block_id"), actionID: try address.text("action_id"),
                    channelID: try address.id("channel_id"), url: try address.nonEmptyText("response_url")))
        }
        responseAddresses = addresses
        triggerID = try payload.filledText("trigger_id")
        appID = try payload.optionalID("api_app_id")
    }
}

/// A form that a person closed without submitting it.
package struct ViewClosed: Sendable, Equatable {
    /// Who closed it.
    package let origin: Origin
    /// The form.
    package let view: ViewPayload
    /// Whether the whole stack of forms was closed.
    package let isCleared: Bool
    /// The app.
    package let appID: String?

    init(_ payload: WireObject) throws(DecodeFault) {
        origin = try Origin(interaction: payload)
        view = try ViewPayload(payload.object("view"))
        isCleared = try payload.flag("is_cleared")
        appID = try payload.optionalID("api_app_id")
    }
}
