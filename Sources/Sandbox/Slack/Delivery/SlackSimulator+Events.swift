extension SlackSimulator {
    /// Sends an event to the app if the manifest subscribes to it.
    ///
    /// - Parameters:
    ///   - type: the event's own type
    ///   - subscription: the name in the manifest where it is another: `message.im` for `message`
    ///   - evenIfGone: events about the end of an installation are sent after it
    func emit(
        _ type: String, _ fields: [String: JSON], team: Int, subscription: String? = nil, evenIfGone: Bool = false
    ) {
        let workspace = workspaces[team]
        guard workspace.bot.isInstalled || evenIfGone, manifest.events.contains(subscription ?? type),
            let url = try? address(manifest.eventsURL)
        else { return }
        let seconds = second
        let event = JSON.object(
            ["event_ts": .string(timestamp())].merging(fields) { $1 }.merging(["type": .string(type)]) { $1 })
        let envelope: JSON = [
            "token": .string(verificationToken), "team_id": .string(workspace.id),
            "context_team_id": .string(workspace.id),
            "context_enterprise_id": workspace.enterprise, "api_app_id": .string(SlackApp.id), "event": event,
            "type": "event_callback", "event_id": .string(ids.id("Ev")), "event_time": .int(seconds),
            "event_context": .string("4-\(ids.word(60))"), "is_ext_shared_channel": false,
            "authorizations": [
                [
                    "enterprise_id": workspace.enterprise,
                    "team_id": workspace.bot.isOrganizationWide && evenIfGone ? .null : .string(workspace.id),
                    "user_id": .string(workspace.bot.userID), "is_bot": true,
                    "is_enterprise_install": .bool(workspace.bot.isOrganizationWide),
                ]
            ],
        ]
        work.start { [sender, clock] in
            await Self.deliver(event: envelope, type: type, to: url, sender: sender, clock: clock)
        }
    }

    /// When a failed delivery is tried again: almost at once, after a minute, after five.
    ///
    /// - SeeAlso: https://docs.slack.dev/apis/events-api#retries
    private static let retries: [Duration] = [.zero, .seconds(60), .seconds(300)]

    private static func deliver(
        event: JSON, type: String, to url: String, sender: HostSender, clock: any SandboxClock
    ) async {
        var reason = ""
        let body = event.text
        for attempt in 0...retries.count {
            var request = HostSender.Request(
                url: url, contentType: "application/json", body: body, kind: "event:\(type)", shown: body,
                envelope: AppSockets.Envelope(type: "events_api", payload: event))
            if attempt > 0 {
                let pause = retries[attempt - 1]
                if pause > .zero {
                    do { try await clock.sleep(for: pause) } catch { return }
                }
                request.retry = (attempt, reason)
            }
            let acknowledgement = await sender.send(request)
            if acknowledgement.isOK || acknowledgement.headers["x-slack-no-retry"] == "1" { return }
            if Task.isCancelled { return }
            reason =
                switch acknowledgement.outcome {
                case "operation_timeout": "http_timeout"
                case "dispatch_failed" where acknowledgement.status == 0: "connection_failed"
                case "dispatch_failed": "too_many_redirects"
                default: "http_error"
                }
        }
    }

    private func subscription(_ kind: SlackChannel.Kind) -> String {
        switch kind {
        case .public: "message.channels"
        case .private: "message.groups"
        case .im: "message.im"
        }
    }

    private func channelType(_ kind: SlackChannel.Kind) -> JSON {
        switch kind {
        case .public: "channel"
        case .private: "group"
        case .im: "im"
        }
    }

    /// Tells the app of a message where it is a member.
    func announce(_ message: SlackMessage, in channel: SlackChannel, team: Int) {
        let bot = workspaces[team].bot
        guard channel.hasMember(bot.userID) else { return }
        let place: [String: JSON] = ["channel": .string(channel.id), "event_ts": .string(message.ts)]
        let body = (message.json(team: workspaces[team]).object ?? [:]).merging(place) { $1 }
        emit(
            "message", body.merging(["channel_type": channelType(channel.kind)]) { $1 }, team: team,
            subscription: subscription(channel.kind))
        if message.user != bot.userID, channel.kind != .im, message.subtype == nil,
            message.text.contains("<@\(bot.userID)>")
        {
            emit("app_mention", body, team: team)
        }
    }

    func announceChange(of message: SlackMessage, from old: SlackMessage, in channel: SlackChannel, team: Int) {
        guard channel.hasMember(workspaces[team].bot.userID) else { return }
        let ts = timestamp()
        emit(
            "message",
            [
                "subtype": "message_changed", "hidden": true, "channel": .string(channel.id), "ts": .string(ts),
                "event_ts": .string(ts), "channel_type": channelType(channel.kind),
                "message": message.json(team: workspaces[team]), "previous_message": old.json(team: workspaces[team]),
            ], team: team, subscription: subscription(channel.kind))
    }

    func announceDeletion(of message: SlackMessage, in channel: SlackChannel, team: Int) {
        guard channel.hasMember(workspaces[team].bot.userID) else { return }
        let ts = timestamp()
        emit(
            "message",
            [
                "subtype": "message_deleted", "hidden": true, "channel": .string(channel.id), "ts": .string(ts),
                "event_ts": .string(ts), "channel_type": channelType(channel.kind),
                "deleted_ts": .string(message.ts), "previous_message": message.json(team: workspaces[team]),
            ], team: team, subscription: subscription(channel.kind))
    }

    /// `member_joined_channel`, `member_left_channel`.
    func emitMembership(_ type: String, _ person: String, in channel: SlackChannel, inviter: String?, team: Int) {
        let bot = workspaces[team].bot.userID
        guard channel.hasMember(bot) || person == bot else { return }
        var fields: [String: JSON] = [
            "user": .string(person), "channel": .string(channel.id), "team": .string(workspaces[team].id),
            "channel_type": channel.kind == .public ? "C" : "G",
        ]
        fields["inviter"] = inviter.map(JSON.string)
        // Who is taken out of a private channel is told by another event: it cannot see the channel any more.
        if type == "member_left_channel", person == bot {
            let own = channel.kind == .public ? "channel_left" : "group_left"
            emit(own, ["channel": .string(channel.id), "actor_id": JSON(inviter)], team: team)
        } else {
            emit(type, fields, team: team)
        }
    }

    /// `channel_created`, `channel_rename`, `channel_archive` ….
    func emitChannel(_ type: String, _ channel: SlackChannel, team: Int) {
        let isWhole = type.hasSuffix("_created") || type.hasSuffix("_rename")
        emit(
            type,
            [
                "channel": isWhole
                    ? [
                        "id": .string(channel.id), "name": .string(channel.name), "created": .int(channel.created),
                        "creator": .string(channel.creator),
                    ] : .string(channel.id),
                "user": .string(workspaces[team].bot.userID),
            ], team: team)
    }
}
