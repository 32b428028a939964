extension SlackSimulator {
    /// Sends what a person typed after a slash to the app, and shows what comes back.
    func command(
        team teamID: String, user: String, channel channelID: String, text: String
    ) async throws(ControlError) -> Acknowledgement {
        let (team, person, found) = try participant(team: teamID, user: user, channel: channelID)
        guard let channel = found else { throw ControlError("channel: missing") }
        guard text.utf8.count <= 8_000 else { throw ControlError("text: longer than 8000 bytes") }
        let words = text.split(maxSplits: 1, omittingEmptySubsequences: true) { $0.isWhitespace }
        guard let name = words.first.map(String.init), name.hasPrefix("/") else {
            throw ControlError("text: a slash command such as /pd help")
        }
        let arguments = words.count > 1 ? String(words[1].drop(while: \.isWhitespace)) : ""
        if let answer = builtIn(name, arguments, team: team, person: person, channel: channel) { return answer }
        guard team.bot.isInstalled, let command = manifest.commands.first(where: { $0.command == name }) else {
            notice("\(name) is not a valid command.", to: user, in: channelID, team: teamID)
            return Acknowledgement(status: 0, ms: 0, outcome: "unknown_command")
        }
        let url = try address(command.url)
        let fields: [(name: String, value: String)] =
            [
                ("token", verificationToken), ("team_id", team.id), ("team_domain", team.domain),
                ("channel_id", channel.id), ("channel_name", channel.payloadName), ("user_id", person.id),
                ("user_name", person.name), ("command", name),
                ("text", Mentions(team: team).commandText(arguments, escaped: command.shouldEscape)),
                ("api_app_id", SlackApp.id), ("is_enterprise_install", team.bot.isOrganizationWide ? "true" : "false"),
                ("response_url", makeResponseURL("commands", team: team.id, user: person.id, channel: channel.id)),
                ("trigger_id", makeTrigger(team: team.id, user: person.id, channel: channel.id)),
            ] + (team.organization.map { [("enterprise_id", $0.id), ("enterprise_name", $0.name)] } ?? [])
        let object = JSON.object(Dictionary(fields.map { ($0.name, .string($0.value)) }, uniquingKeysWith: { $1 }))
        var acknowledgement = await sender.send(
            HostSender.Request(
                url: url, contentType: "application/x-www-form-urlencoded", body: FormText.write(fields),
                kind: "slash_command", shown: object.text,
                envelope: AppSockets.Envelope(type: "slash_commands", payload: object)))
        if acknowledgement.isOK {
            do {
                try show(answer: acknowledgement, to: text, by: person, in: channel, team: try workspaceIndex(teamID))
            } catch let error as SlackError {
                acknowledgement.outcome = error.code
            } catch {
                acknowledgement.outcome = "dispatch_failed"
            }
        }
        if !acknowledgement.isOK {
            notice(
                "\(name) failed with the error \"\(acknowledgement.outcome)\"", to: user, in: channelID, team: teamID)
        }
        return acknowledgement
    }

    /// Shows the body with which a command was acknowledged.
    ///
    /// - SeeAlso: https://docs.slack.dev/interactivity/implementing-slash-commands#responding_immediate_response
    private func show(
        answer: Acknowledgement, to command: String, by person: SlackPerson, in channel: SlackChannel, team: Int
    ) throws(SlackError) {
        guard !answer.body.isEmpty else { return }
        guard answer.bodyIsJSON else {
            var message = appMessage(MessageContent(text: SlackText.sent(answer.text)), team: team)
            message.ephemeralFor = person.id
            post(message, to: channel.id, team: team)
            return
        }
        guard let body = JSON.parse(answer.body), let fields = body.object else {
            throw SlackError("invalid_command_response")
        }
        let isPublic = fields["response_type"]?.string == "in_channel"
        if isPublic {
            post(
                SlackMessage(ts: timestamp(), user: person.id, text: SlackText.typed(command)), to: channel.id,
                team: team)
        }
        let isEmpty = fields["text"] == nil && fields["blocks"] == nil && fields["attachments"] == nil
        if isEmpty { return }
        let content = try content(
            text: fields["text"]?.string ?? "", blocks: fields["blocks"], attachments: fields["attachments"],
            metadata: fields["metadata"])
        var message = appMessage(content, team: team)
        if !isPublic { message.ephemeralFor = person.id }
        post(message, to: channel.id, team: team)
    }

    /// Slack's own commands, as far as the sandbox needs them.
    private func builtIn(
        _ name: String, _ arguments: String, team: SlackWorkspace, person: SlackPerson, channel: SlackChannel
    ) -> Acknowledgement? {
        guard ["/invite", "/remove", "/kick", "/leave"].contains(name),
            !manifest.commands.contains(where: { $0.command == name }),
            let index = workspaces.firstIndex(where: { $0.id == team.id })
        else { return nil }
        let done = Acknowledgement(status: 200, ms: 0, outcome: "ok")
        guard channel.kind != .im, channel.hasMember(person.id) else {
            notice("\(name) cannot be used here.", to: person.id, in: channel.id, team: team.id)
            return done
        }
        if name == "/leave" {
            remove(person.id, from: channel, team: index)
            return done
        }
        guard let other = Mentions(team: team).person(arguments) else {
            notice(
                "\(name) needs a person, as in \(name) @\(team.botName)", to: person.id, in: channel.id, team: team.id)
            return done
        }
        if name == "/invite" {
            if channel.hasMember(other.id) {
                notice("\(other.realName) is already in this channel.", to: person.id, in: channel.id, team: team.id)
            } else {
                add(other.id, to: channel, by: person.id, team: index)
            }
        } else if channel.hasMember(other.id) {
            remove(other.id, from: channel, team: index)
        }
        return done
    }
}
