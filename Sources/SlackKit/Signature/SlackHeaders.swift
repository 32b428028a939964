package import FoundationEssentials
package import HTTPTypes

/// The header fields of a request that mean something to Slack, read in one pass.
package struct SlackHeaders: Sendable, Equatable {
    /// The time of sending.
    package private(set) var timestamp: String?
    /// The signature.
    package private(set) var signature: String?
    /// How the body is written.
    package private(set) var contentType: String?
    /// How the body is packed; nil where it is as it is.
    package private(set) var contentEncoding: String?
    /// How long the sender says the body is.
    package private(set) var contentLength: String?
    /// Which redelivery of an event this is, 1 to 3; nil for the first delivery.
    package private(set) var retryNumber: Int?
    /// Why Slack delivers it again, such as `http_timeout`.
    package private(set) var retryReason: String?

    /// Reads the fields. One that is there twice is joined by a comma, so that nothing which has one form takes it.
    ///
    /// - SeeAlso: https://docs.slack.dev/apis/events-api/#retries
    package init(_ fields: HTTPFields) {
        for field in fields {
            switch field.name.canonicalName {
            case SlackSignature.timestampHeader: Self.add(field.value, to: &timestamp)
            case SlackSignature.signatureHeader: Self.add(field.value, to: &signature)
            case "content-type": Self.add(field.value, to: &contentType)
            case "content-encoding": Self.add(field.value, to: &contentEncoding)
            case "content-length": Self.add(field.value, to: &contentLength)
            case "x-slack-retry-num": retryNumber = Int(field.value).flatMap { (1...99).contains($0) ? $0 : nil }
            case "x-slack-retry-reason": retryReason = SlackRequest.name(field.value)
            default: break
            }
        }
    }

    private static func add(_ value: String, to field: inout String?) {
        field = field.map { "\($0), \(value)" } ?? value
    }
}

extension SlackSignature {
    /// Checks a request by its header fields.
    package func verify(_ headers: SlackHeaders, body: UnsafeRawBufferPointer, now: Date) -> Verdict {
        verify(timestamp: headers.timestamp, signature: headers.signature, body: body, now: now)
    }
}
