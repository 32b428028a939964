package import PluginAPI

/// A request that came over Socket Mode.
package struct Envelope: Sendable, Equatable {
    /// What it is acknowledged by.
    package let id: String
    /// `events_api`, `interactive`, `slash_commands`, or what Slack adds.
    package let type: String
    /// What HTTP would have had in its body.
    package let payload: JSONValue
    /// Whether the acknowledgement may carry an answer.
    package let acceptsAnswer: Bool
    /// How often it was sent before.
    package let retryAttempt: Int

    package init(id: String, type: String, payload: JSONValue, acceptsAnswer: Bool, retryAttempt: Int = 0) {
        self.id = id
        self.type = type
        self.payload = payload
        self.acceptsAnswer = acceptsAnswer
        self.retryAttempt = retryAttempt
    }

    init(_ message: WireObject, type: String) throws(DecodeFault) {
        id = try message.nonEmptyText("envelope_id")
        guard id.utf8.count <= 128 else {
            throw DecodeFault("\(message.path).envelope_id", expected: "at most 128 bytes", found: "more")
        }
        self.type = type
        payload = message["payload"]
        acceptsAnswer = message["accepts_response_payload"].bool ?? false
        retryAttempt = message["retry_attempt"].int ?? 0
    }

    /// The longest acknowledgement that Slack takes, in bytes. It closes the connection on a longer one, and what else
    /// is under way on it with it.
    ///
    /// - SeeAlso: https://github.com/revelrylabs/slax/issues/614
    package static let longestAcknowledgement = 20_479

    /// The acknowledgement, as it is sent in one frame.
    ///
    /// - Parameter answer: JSON that the person is shown or the form obeys; nil where there is none.
    package func acknowledgement(_ answer: [UInt8]? = nil) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("envelope_id", id)
            if let answer, acceptsAnswer {
                writer.key("payload")
                writer.raw(answer)
            }
        }
        return writer.bytes
    }
}
