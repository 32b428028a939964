import Foundation
import PluginAPI

/// The opaque id that goes along with a post as metadata, so that the post can be found again. It begins with the second in
/// which it was made: a message can be wished for anew while nobody knows whether it was posted, but its id stays.
/// - SeeAlso: <https://docs.slack.dev/messaging/message-metadata>
struct IntentID: Sendable, Hashable {
    let text: String

    static let eventType = "bothost_message"

    init(at now: Date) {
        text = "\(Int64(exactly: now.timeIntervalSince1970.rounded(.down)) ?? 0).\(TraceID.make())"
    }

    init(_ text: String) {
        self.text = text
    }

    /// When it was made; nil where it does not say.
    var madeAt: Date? {
        guard let seconds = text.utf8.split(separator: UInt8(ascii: ".")).first.flatMap({ Int64(String($0) ?? "") })
        else { return nil }
        return Date(timeIntervalSince1970: TimeInterval(seconds))
    }

    /// - Parameter version: The version of the message that is posted.
    func metadata(version: Int64) -> JSONValue {
        ["event_type": .string(Self.eventType), "event_payload": ["id": .string(text), "version": .integer(version)]]
    }

    /// The version that a message in Slack shows, where it is the one with this id.
    func version(of message: JSONValue) -> Int64? {
        let metadata = message["metadata"]
        guard metadata["event_type"].string == Self.eventType,
            let id = metadata["event_payload"]["id"].string, id.utf8.elementsEqual(text.utf8)
        else { return nil }
        return metadata["event_payload"]["version"].int.map(Int64.init) ?? 0
    }
}
