extension Message {
    /// Checks the message against Slack's limits.
    /// - Parameter idPrefix: What the host puts before ids, which counts.
    /// - Returns: Every fault with its place and its mend; empty where Slack will take the message.
    public func validate(idPrefix: String = "") -> [BlockKitFault] {
        var inspection = Inspection(idPrefix: idPrefix)
        checkText(&inspection)
        inspection.count(
            blocks.count, in: 0...SlackLimits.messageBlocks, at: "blocks",
            mend: "send several messages, or show the first ones and a button for more")
        inspection.check(blocks)
        if inspection.textLength > SlackLimits.messageBlockText {
            inspection.at("blocks") {
                $0.report(
                    "have \(grouped($0.textLength)) characters of text in all, Slack has refused more than "
                        + grouped(SlackLimits.messageBlockText),
                    mend: "show less, or send several messages", severity: .warning)
            }
        }
        let markdown = blocks.markdownLength
        if markdown > SlackLimits.markdown {
            inspection.at("blocks") {
                $0.report(
                    "have \(grouped(markdown)) characters of Markdown in all, Slack takes at most "
                        + grouped(SlackLimits.markdown),
                    mend: "show less, or send several messages")
            }
        }
        if let metadata { inspection.at("metadata") { metadata.check(&$0) } }
        return inspection.faults
    }

    private func checkText(_ inspection: inout Inspection) {
        inspection.string(
            text.source, 1...SlackLimits.messageText, at: "text",
            mend: "say the message in one line, and show the rest in blocks")
        let length = Inspection.length(text.source)
        guard length > SlackLimits.messageTextAdvised, length <= SlackLimits.messageText else { return }
        inspection.at("text") {
            $0.report(
                "has \(grouped(length)) characters, Slack advises at most \(grouped(SlackLimits.messageTextAdvised))",
                mend: "say the message in one line, and show the rest in blocks", severity: .warning)
        }
    }

    /// The message cut so that Slack takes it: texts are clipped, what cannot be shown is left out with a note.
    ///
    /// A last resort, so that a person is told something; a plugin's test finds with ``validate(idPrefix:)`` what to mend.
    /// - Parameter idPrefix: What the host puts before ids, which counts.
    public func fitting(idPrefix: String = "") -> Message {
        var message = self
        message.blocks = blocks.fitting(
            SlackLimits.messageBlocks, textLimit: SlackLimits.messageBlockText, idPrefix: idPrefix)
        message.text = text.clipped(to: blocks.isEmpty ? SlackLimits.messageText : SlackLimits.messageTextAdvised)
        if message.text.isEmpty { message.text = message.blocks.isEmpty ? "…" : "A new message" }
        if let metadata, metadata.isFaulty { message.metadata = nil }
        return message
    }
}

extension MessageMetadata {
    func check(_ inspection: inout Inspection) {
        inspection.string(eventType, 1...SlackLimits.id, at: "event_type", mend: "use a name such as incident_created")
        guard payload.object == nil else { return }
        inspection.at("event_payload") { $0.report("is no object", mend: "put the value under a name") }
    }

    fileprivate var isFaulty: Bool {
        var inspection = Inspection(idPrefix: "")
        check(&inspection)
        return inspection.hasErrors
    }
}

extension [Block] {
    var markdownLength: Int {
        reduce(0) { length, block in
            guard case .markdown(let markdown) = block.kind else { return length }
            return length + Inspection.length(markdown.text)
        }
    }
}
