extension SlackSimulator {
    func history(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call)
        try require("history", on: channel.kind)
        guard channel.hasMember(workspaces[call.team].bot.userID) else { throw SlackError("not_in_channel") }
        let isWithin = try span(call)
        let includesMetadata = call.flag("include_all_metadata") ?? false
        let found = channel.messages.reversed().filter { message in
            message.ephemeralFor == nil && (message.threadTS == nil || message.threadTS == message.ts)
                && isWithin(message.ts)
        }
        let page = try call.page(
            found.map {
                $0.json(
                    team: workspaces[call.team], replies: replies(to: $0.ts, in: channel),
                    includesMetadata: includesMetadata)
            }, defaultLimit: 100)
        var answer: [String: JSON] = [
            "messages": .array(page.items), "has_more": .bool(page.metadata["next_cursor"] != ""),
            "pin_count": .int(channel.pins.count), "channel_actions_ts": .null, "channel_actions_count": 0,
        ]
        if page.metadata["next_cursor"] != "" { answer["response_metadata"] = page.metadata }
        return answer
    }

    /// Whether a message lies between `oldest` and `latest`.
    private func span(_ call: SlackCall) throws(SlackError) -> (_ ts: String) -> Bool {
        let inclusive = call.flag("inclusive") ?? false
        let oldest = try timestampArgument(call, "oldest", error: "invalid_ts_oldest")
        let latest = try timestampArgument(call, "latest", error: "invalid_ts_latest")
        return { ts in
            if let oldest, inclusive ? ts < oldest : ts <= oldest { return false }
            if let latest, inclusive ? ts > latest : ts >= latest { return false }
            return true
        }
    }

    /// Time stamps compare as text: all have ten digits before the point and six after it.
    private func timestampArgument(_ call: SlackCall, _ name: String, error: String) throws(SlackError) -> String? {
        guard let text = call.text(name), text != "0" else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty, parts[0].utf8.count <= 10,
            parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } })
        else { throw SlackError(error) }
        let seconds = String(repeating: "0", count: 10 - parts[0].utf8.count) + parts[0]
        let fraction = parts.count > 1 ? parts[1].prefix(6) : ""
        return seconds + "." + fraction + String(repeating: "0", count: 6 - fraction.utf8.count)
    }

    func threadReplies(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call)
        try require("history", on: channel.kind)
        guard channel.hasMember(workspaces[call.team].bot.userID) else { throw SlackError("not_in_channel") }
        let ts = try call.required("ts")
        guard let parent = channel.messages.first(where: { $0.ts == ts && $0.ephemeralFor == nil }) else {
            throw SlackError("thread_not_found")
        }
        let isWithin = try span(call)
        let includesMetadata = call.flag("include_all_metadata") ?? false
        let replies = replies(to: ts, in: channel)
        // The message that begins the thread is always there.
        let all =
            [parent.json(team: workspaces[call.team], replies: replies, includesMetadata: includesMetadata)]
            + replies.filter { isWithin($0.ts) }.map {
                $0.json(team: workspaces[call.team], includesMetadata: includesMetadata)
            }
        let page = try call.page(all, defaultLimit: 1_000)
        var answer: [String: JSON] = [
            "messages": .array(page.items), "has_more": .bool(page.metadata["next_cursor"] != ""),
        ]
        if page.metadata["next_cursor"] != "" { answer["response_metadata"] = page.metadata }
        return answer
    }

    func permalink(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call)
        let ts = try call.required("message_ts")
        guard let message = channel.messages.first(where: { $0.ts == ts && $0.ephemeralFor == nil }) else {
            throw SlackError("message_not_found")
        }
        let place = "p" + ts.filter { $0 != "." }
        var link = "https://\(workspaces[call.team].domain).slack.com/archives/\(channel.id)/\(place)"
        if let thread = message.threadTS, thread != ts { link += "?thread_ts=\(thread)&cid=\(channel.id)" }
        return ["channel": .string(channel.id), "permalink": .string(link)]
    }

    func addReaction(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call)
        guard let name = call.text("name"), name.utf8.count <= 100 else { throw SlackError("invalid_name") }
        guard let ts = call.text("timestamp") else { throw SlackError("no_item_specified") }
        guard let message = channel.messages.first(where: { $0.ts == ts && $0.ephemeralFor == nil }) else {
            throw SlackError("message_not_found")
        }
        let bot = workspaces[call.team].bot.userID
        if let index = message.reactions.firstIndex(where: { $0.name == name }) {
            guard !message.reactions[index].users.contains(bot) else { throw SlackError("already_reacted") }
            change(ts: ts, in: channel.id, team: call.team) { $0.reactions[index].users.append(bot) }
        } else {
            guard message.reactions.count < 50 else { throw SlackError("too_many_emoji") }
            change(ts: ts, in: channel.id, team: call.team) { $0.reactions.append((name, [bot])) }
        }
        return [:]
    }

    func addPin(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call)
        guard channel.hasMember(workspaces[call.team].bot.userID) else { throw SlackError("not_in_channel") }
        guard let ts = call.text("timestamp") else { throw SlackError("no_item_specified") }
        guard channel.messages.contains(where: { $0.ts == ts && $0.ephemeralFor == nil }) else {
            throw SlackError("message_not_found")
        }
        guard !channel.pins.contains(ts) else { throw SlackError("already_pinned") }
        guard channel.pins.count < 100 else { throw SlackError("too_many_pins") }
        if let index = workspaces[call.team].channelIndex(channel.id) {
            workspaces[call.team].channels[index].pins.append(ts)
        }
        channelsChanged(team: call.team)
        return [:]
    }

    func addBookmark(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call, "channel_id")
        guard channel.hasMember(workspaces[call.team].bot.userID) else { throw SlackError("channel_not_found") }
        guard call.text("type") == "link" else { throw SlackError("invalid_bookmark_type") }
        guard let link = call.text("link"), link.hasPrefix("http://") || link.hasPrefix("https://") else {
            throw SlackError("invalid_link")
        }
        guard channel.bookmarks.count < 100 else { throw SlackError("too_many_bookmarks") }
        let bookmark: JSON = [
            "id": .string(ids.id("Bk")), "channel_id": .string(channel.id),
            "title": .string(try call.required("title")),
            "link": .string(link), "emoji": JSON(call.text("emoji")), "icon_url": .null, "type": "link",
            "entity_id": .null, "date_created": .int(second),
            "date_updated": 0, "rank": "g", "last_updated_by_user_id": .string(workspaces[call.team].bot.userID),
            "last_updated_by_team_id": .string(workspaces[call.team].id), "shortcut_id": .null,
            "app_id": .string(SlackApp.id),
        ]
        if let index = workspaces[call.team].channelIndex(channel.id) {
            workspaces[call.team].channels[index].bookmarks.append(bookmark)
        }
        channelsChanged(team: call.team)
        return ["bookmark": bookmark]
    }
}
