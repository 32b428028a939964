extension SlackSimulator {
    /// Where requests of a kind go: over a socket where the app has one open or has switched Socket Mode on, else to the
    /// host that runs here, under the path that the manifest names.
    func address(_ manifestURL: String?) throws(ControlError) -> String {
        if manifest.isSocketMode || sockets.isOpen { return HostSender.Request.socketURL }
        guard let hostURL else { throw ControlError("no app is connected: start the host first") }
        var path = "/slack/events"
        if let manifestURL, let scheme = manifestURL.firstRange(of: "://"),
            let slash = manifestURL[scheme.upperBound...].firstIndex(of: "/")
        {
            path = String(manifestURL[slash...])
        }
        let base = hostURL.hasSuffix("/") ? String(hostURL.dropLast()) : hostURL
        return base + path
    }

    /// Sends an interaction: a form with one field that is JSON.
    func send(interaction payload: JSON, to url: String) async -> Acknowledgement {
        await sender.send(
            HostSender.Request(
                url: url, contentType: "application/x-www-form-urlencoded",
                body: FormText.write([("payload", payload.text)]), kind: payload["type"]?.string ?? "interaction",
                shown: payload.text, envelope: AppSockets.Envelope(type: "interactive", payload: payload)))
    }

    /// The fields that every interaction carries.
    func interaction(_ type: String, team: SlackWorkspace, user: SlackPerson) -> JSON {
        [
            "type": .string(type), "token": .string(verificationToken), "api_app_id": .string(SlackApp.id),
            "team": ["id": .string(team.id), "domain": .string(team.domain)],
            "enterprise": team.organization.map { ["id": .string($0.id), "name": .string($0.name)] } ?? .null,
            "is_enterprise_install": .bool(team.bot.isOrganizationWide),
            "user": [
                "id": .string(user.id), "username": .string(user.name), "name": .string(user.name),
                "team_id": .string(team.id),
            ],
        ]
    }

    func makeTrigger(team: String, user: String, view: String? = nil, channel: String? = nil) -> String {
        triggers.make(team: team, user: user, view: view, channel: channel, at: clock.now, ids: &ids)
    }

    /// Makes an address under which the app can answer later.
    ///
    /// - Parameter kind: `commands`, `actions` or `app`, as in Slack's own addresses
    func makeResponseURL(
        _ kind: String, team: String, user: String, channel: String, messageTS: String? = nil, threadTS: String? = nil
    ) -> String {
        let path = "/\(kind)/\(team)/\(ids.digits(13))/\(ids.word(24))"
        responseURLs.add(
            ResponseURLs.Grant(
                team: team, user: user, channel: channel, messageTS: messageTS, threadTS: threadTS, at: clock.now),
            path: path)
        return ownURL + path
    }

    /// The person and the conversation that a script or the page names.
    func participant(
        team: String, user: String, channel: String?
    ) throws(ControlError) -> (team: SlackWorkspace, person: SlackPerson, channel: SlackChannel?) {
        let team = try workspace(team)
        guard let person = team.person(user), !person.isBot else {
            let names = team.people.filter { !$0.isBot }.map(\.id).joined(separator: ", ")
            throw ControlError("user: one of \(names)")
        }
        guard let id = channel else { return (team, person, nil) }
        guard let found = team.channel(id), found.isVisible(to: person) else {
            let names = team.channels.filter { $0.isVisible(to: person) }.map(\.id).joined(separator: ", ")
            throw ControlError("channel: one of \(names)")
        }
        return (team, person, found)
    }
}
