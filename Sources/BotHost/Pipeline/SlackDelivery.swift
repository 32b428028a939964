import PluginAPI
import SlackKit

/// What arrived on the public listener, before anybody has believed or understood it.
struct SlackDelivery: Sendable {
    var headers: SlackHeaders
    var body: [UInt8]
}

/// What the sender hears.
enum Acknowledgement: Sendable {
    /// 200, with what the person sees at once, if anything.
    case accepted(body: [UInt8], contentType: String?)
    /// 401: not signed by Slack.
    case unauthorized
    /// 503: the fault is ours; the sender should try again.
    case unavailable

    static let empty = Acknowledgement.accepted(body: [], contentType: nil)

    /// - Parameter pluginID: Whose ids stand in the answer.
    init(_ answer: SlackAnswer, pluginID: String = WireID.host) {
        self = .accepted(body: answer.body(idPrefix: WireID.prefix(pluginID)), contentType: answer.contentType)
    }
}
