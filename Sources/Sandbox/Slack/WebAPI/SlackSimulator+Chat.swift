extension SlackSimulator {
    /// Checks and reads a message's content.
    func content(of call: SlackCall) throws(SlackError) -> MessageContent {
        let blocks = try call.structured("blocks", orThrow: "invalid_blocks_format")
        let attachments = try call.structured("attachments", orThrow: "invalid_attachments")
        let metadata = try call.structured("metadata", orThrow: "invalid_metadata_format")
        var text = call.text("text") ?? ""
        if let markdown = call.text("markdown_text") {
            guard text.isEmpty, blocks == nil else { throw SlackError("markdown_text_conflict") }
            guard markdown.unicodeScalars.count <= 12_000 else { throw SlackError("msg_too_long") }
            text = markdown
        }
        return try content(text: text, blocks: blocks, attachments: attachments, metadata: metadata)
    }

    func content(
        text: String, blocks: JSON?, attachments: JSON?, metadata: JSON?
    ) throws(SlackError) -> MessageContent {
        var content = MessageContent(text: text)
        if text.unicodeScalars.count > MessageContent.longestText {
            content.text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(MessageContent.longestText)))
            content.warnings.append("message_truncated")
        }
        content.text = SlackText.sent(content.text)
        if let blocks, !blocks.isNull {
            content.blocks = BlockKitForm.complete(try checked(blocks), ids: &ids)
        }
        if let attachments, !attachments.isNull {
            guard let list = attachments.array else { throw SlackError("invalid_attachments") }
            guard list.count <= 100 else { throw SlackError("too_many_attachments") }
            content.attachments = try list.enumerated().map { (index, value) throws(SlackError) -> JSON in
                try attachment(value, number: index + 1)
            }
        }
        if let metadata, !metadata.isNull {
            guard metadata["event_type"]?.string != nil, metadata["event_payload"]?.object != nil else {
                throw SlackError("invalid_metadata_format")
            }
            guard metadata.bytes.count <= 16_384 else { throw SlackError("metadata_too_large") }
            content.metadata = metadata
        }
        let isEmpty =
            content.text.isEmpty && (content.blocks ?? []).isEmpty && (content.attachments ?? []).isEmpty
        guard !isEmpty else { throw SlackError("no_text") }
        return content
    }

    private func attachment(_ value: JSON, number: Int) throws(SlackError) -> JSON {
        guard value.object != nil else { throw SlackError("invalid_attachments") }
        var attachment = value.with(["id": .int(number)])
        if attachment["fallback"] == nil { attachment["fallback"] = attachment["text"] ?? "[no preview available]" }
        if let blocks = value["blocks"] {
            attachment["blocks"] = .array(BlockKitForm.complete(try checked(blocks), ids: &ids))
        }
        return attachment
    }

    /// Where a message shall go: a conversation, `#name`, or a person, whose direct message is opened.
    private func destination(_ call: SlackCall) throws(SlackError) -> SlackChannel {
        let team = workspaces[call.team]
        guard let name = call.text("channel") else { throw SlackError("channel_not_found") }
        if let person = team.person(name), person.id != team.bot.userID {
            return directMessage(with: person.id, team: call.team)
        }
        let plain = name.hasPrefix("#") ? String(name.dropFirst()) : name
        guard let channel = team.channel(name) ?? team.channels.first(where: { $0.kind != .im && $0.name == plain })
        else { throw SlackError("channel_not_found") }
        let isMember = channel.hasMember(team.bot.userID)
        guard channel.kind == .public || isMember else { throw SlackError("channel_not_found") }
        guard !channel.isArchived else { throw SlackError("is_archived") }
        guard isMember || scopes.contains("chat:write.public") else { throw SlackError("not_in_channel") }
        return channel
    }

    /// A message of the app.
    func appMessage(_ content: MessageContent, team: Int) -> SlackMessage {
        var message = SlackMessage(ts: timestamp(), user: workspaces[team].bot.userID, text: content.text)
        message.botID = workspaces[team].bot.botID
        message.blocks = content.blocks
        message.attachments = content.attachments
        message.metadata = content.metadata
        return message
    }

    private func warned(_ answer: [String: JSON], _ content: MessageContent) -> [String: JSON] {
        guard !content.warnings.isEmpty else { return answer }
        let warnings = content.warnings.map(JSON.string)
        return answer.merging([
            "warning": .string(content.warnings.joined(separator: ",")),
            "response_metadata": ["warnings": .array(warnings)],
        ]) { $1 }
    }

    func postMessage(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try destination(call)
        let content = try content(of: call)
        var message = appMessage(content, team: call.team)
        if scopes.contains("chat:write.customize") { message.username = call.text("username") }
        if let thread = call.text("thread_ts") {
            guard let parent = channel.messages.first(where: { $0.ts == thread && $0.ephemeralFor == nil }) else {
                throw SlackError("thread_not_found")
            }
            message.threadTS = parent.threadTS ?? parent.ts
            if call.flag("reply_broadcast") == true { message.subtype = "thread_broadcast" }
        }
        post(message, to: channel.id, team: call.team)
        return warned(
            [
                "channel": .string(channel.id), "ts": .string(message.ts),
                "message": message.json(team: workspaces[call.team]),
            ], content)
    }

    func postEphemeral(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try destination(call)
        guard let user = call.text("user"), channel.hasMember(user) else { throw SlackError("user_not_in_channel") }
        let content = try content(of: call)
        guard content.warnings.isEmpty else { throw SlackError("msg_too_long") }
        var message = appMessage(content, team: call.team)
        message.ephemeralFor = user
        message.threadTS = call.text("thread_ts")
        post(message, to: channel.id, team: call.team)
        return ["message_ts": .string(message.ts)]
    }

    /// A message of the app that a call names, which only the app may change.
    private func ownMessage(_ call: SlackCall, refusal: String) throws(SlackError) -> (SlackChannel, SlackMessage) {
        let channel = try visibleChannel(call)
        guard let ts = call.text("ts"),
            let message = channel.messages.first(where: { $0.ts == ts && $0.ephemeralFor == nil })
        else { throw SlackError("message_not_found") }
        guard message.botID == workspaces[call.team].bot.botID else { throw SlackError(refusal) }
        return (channel, message)
    }

    /// Longest text that `chat.update` takes.
    private static let longestUpdate = 4_000

    func updateMessage(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let (channel, message) = try ownMessage(call, refusal: "cant_update_message")
        guard (call.text("text") ?? "").unicodeScalars.count <= Self.longestUpdate else {
            throw SlackError("msg_too_long")
        }
        let content = try content(of: call)
        let edited = timestamp()
        let changed = change(ts: message.ts, in: channel.id, team: call.team) { message in
            message.text = content.text
            // Without blocks the old ones go if there is text, as Slack does.
            message.blocks = content.blocks ?? (call.text("text") == nil ? message.blocks : nil)
            if (message.blocks ?? []).isEmpty { message.blocks = nil }
            if call.arguments["attachments"] != nil || call.text("text") != nil {
                message.attachments = content.attachments
            }
            if let metadata = content.metadata { message.metadata = metadata }
            message.editedTS = edited
        }
        return warned(
            [
                "channel": .string(channel.id), "ts": .string(message.ts), "text": .string(content.text),
                "message": changed?.json(team: workspaces[call.team]) ?? .null,
            ], content)
    }

    func deleteMessage(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let (channel, message) = try ownMessage(call, refusal: "cant_delete_message")
        remove(ts: message.ts, from: channel.id, team: call.team)
        return ["channel": .string(channel.id), "ts": .string(message.ts)]
    }
}
