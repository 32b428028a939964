/// A message: what is said in one line, and how it looks.
///
/// A string literal is a message of text with markup, whose interpolated parts are escaped.
/// - SeeAlso: <https://docs.slack.dev/reference/methods/chat.postMessage>
public struct Message: Sendable, Hashable {
    /// The whole message where there are no blocks; else what notifications and screen readers say. 1 to 4,000 characters.
    public var text: Mrkdwn { didSet { rendering = nil } }
    /// At most 50, with about 13,200 characters of text in all.
    public var blocks: [Block] { didSet { rendering = nil } }
    /// The colour of a bar beside the blocks. With it the text is shown too, above them; the blocks stand in an attachment,
    /// in which a mention names a person without notifying them.
    /// - SeeAlso: <https://docs.slack.dev/reference/messaging/payload#attachments>
    public var bar: BarColor? { didSet { rendering = nil } }
    /// The `ts` of the message that this one answers in its thread.
    public var threadID: String? { didSet { rendering = nil } }
    /// Data for other apps.
    public var metadata: MessageMetadata? { didSet { rendering = nil } }
    /// Whether Slack shows what links in the text point to.
    public var unfurlsLinks: Bool { didSet { rendering = nil } }
    private var slot = RenderingSlot()

    /// Where what is rendered is kept, for a message that was `prepared()`.
    var rendering: Rendering? {
        get { slot.rendering }
        set { slot.rendering = newValue }
    }

    /// A message.
    /// - Parameters:
    ///   - text: What is said, in one line; 1 to 4,000 characters.
    ///   - blocks: How it looks; at most 50.
    ///   - threadID: The `ts` of the message that it answers in its thread.
    ///   - metadata: Data for other apps.
    ///   - unfurlsLinks: Whether Slack shows what links in the text point to.
    public init(
        _ text: Mrkdwn, blocks: [Block] = [], threadID: String? = nil, metadata: MessageMetadata? = nil,
        unfurlsLinks: Bool = false
    ) {
        self.text = text
        self.blocks = blocks
        self.threadID = threadID
        self.metadata = metadata
        self.unfurlsLinks = unfurlsLinks
    }

    /// A message.
    /// - Parameters:
    ///   - text: What is said, in one line; 1 to 4,000 characters.
    ///   - threadID: The `ts` of the message that it answers in its thread.
    ///   - blocks: How it looks; at most 50.
    public init(_ text: Mrkdwn, threadID: String? = nil, @BlockBuilder blocks: () -> [Block]) {
        self.init(text, blocks: blocks(), threadID: threadID)
    }

    /// Writes the message as one object.
    package func write(to writer: inout JSONWriter) {
        writer.object { writeMembers(to: &$0) }
    }

    /// Writes the message's members into an object that is open, beside a channel or a response type.
    package func writeMembers(to writer: inout JSONWriter) {
        guard let rendering else { return writeOwnMembers(to: &writer) }
        writer.members(rendering.members(idPrefix: writer.idPrefix) { writeOwnMembers(to: &$0) })
    }

    func writeOwnMembers(to writer: inout JSONWriter) {
        writer.member("text", text.source)
        if let bar, !blocks.isEmpty {
            writer.array("attachments") { writer in
                writer.object { writer in
                    writer.member("color", bar.hex)
                    writer.member("fallback", text.source)
                    writer.member("blocks", blocks: blocks)
                }
            }
        } else if !blocks.isEmpty {
            writer.member("blocks", blocks: blocks)
        }
        writer.member("thread_ts", threadID)
        if let metadata {
            writer.key("metadata")
            metadata.write(to: &writer)
        }
        writer.member("unfurl_links", unfurlsLinks)
        writer.member("unfurl_media", unfurlsLinks)
    }

    /// The arguments of `chat.postMessage`, with ids under a prefix.
    package func arguments(channel: String, idPrefix: String) -> JSONValue {
        var writer = JSONWriter(idPrefix: idPrefix)
        writer.object { writer in
            writer.member("channel", channel)
            writeMembers(to: &writer)
        }
        return JSONValue(written: writer.bytes)
    }
}

extension Message: ExpressibleByStringInterpolation {
    /// Text with markup.
    public init(stringLiteral value: String) { self.init(Mrkdwn(stringLiteral: value)) }
    /// Text with markup, the interpolated parts escaped.
    public init(stringInterpolation: Mrkdwn.StringInterpolation) {
        self.init(Mrkdwn(stringInterpolation: stringInterpolation))
    }
}

/// Data that a message carries for other apps; people do not see it.
/// - SeeAlso: <https://docs.slack.dev/messaging/message-metadata>
public struct MessageMetadata: Sendable, Hashable {
    package let eventType: String
    package let payload: JSONValue

    /// Data under a name.
    /// - Parameters:
    ///   - eventType: Its name, such as `incident_created`.
    ///   - payload: An object.
    public init(eventType: String, payload: JSONValue) {
        self.eventType = eventType
        self.payload = payload
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("event_type", eventType)
            writer.member("event_payload", json: payload)
        }
    }
}

extension JSONWriter {
    mutating func member(_ name: String, blocks: [Block]) {
        array(name) { writer in
            for block in blocks { block.write(to: &writer) }
        }
    }
}

extension JSONValue {
    /// Reads back what ``JSONWriter`` wrote, which has no bound of its own.
    init(written bytes: [UInt8]) {
        self = (try? JSONValue(decoding: bytes, maximumBytes: .max, maximumDepth: 256)) ?? .null
    }
}
