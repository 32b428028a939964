import PluginAPI

extension Origin {
    /// The origin of an interaction: a press, a form, a shortcut, a question for options.
    ///
    /// The workspace is, in this order: the one where the form's app is installed (with Slack Connect a form can be
    /// opened from another one), the payload's team, and, because that may be null where the app is installed for a
    /// whole organization, the person's or the form's.
    init(interaction payload: WireObject) throws(DecodeFault) {
        self.init()
        let user = try payload.object("user")
        let view = try payload.optionalObject("view")
        userID = try user.id("id")
        userTeamID = try user.optionalID("team_id")
        var team = try view?.optionalID("app_installed_team_id")
        if team == nil { team = try payload.referencedID("team") }
        if team == nil { team = try payload.optionalID("team_id") }
        if team == nil { team = userTeamID }
        if team == nil { team = try view?.optionalID("team_id") }
        teamID = team
        enterpriseID = try payload.referencedID("enterprise")
        if enterpriseID == nil { enterpriseID = try payload.optionalID("enterprise_id") }
        if enterpriseID == nil, case .object = payload["team"] {
            enterpriseID = try payload.object("team").optionalID("enterprise_id")
        }
        isEnterpriseInstall = try payload.flag("is_enterprise_install")
        channelID = try payload.referencedID("channel")
        if channelID == nil { channelID = try payload.optionalObject("container")?.optionalID("channel_id") }
    }

    /// The origin of an event.
    ///
    /// The first authorization names the installation that the event is delivered for; `team_id` can be the workspace
    /// of somebody else in a shared channel. The inner event is read leniently: there are more kinds of events than
    /// anybody knows, and what cannot be understood about one must not lose it.
    init(event payload: WireObject, inner: WireObject) throws(DecodeFault) {
        self.init()
        let authorizations = try payload.array("authorizations")
        if let first = authorizations.first {
            let authorization = try WireObject(first, at: "\(payload.path).authorizations[0]")
            teamID = try authorization.optionalID("team_id")
            enterpriseID = try authorization.optionalID("enterprise_id")
            isEnterpriseInstall = try authorization.flag("is_enterprise_install")
        } else {
            isEnterpriseInstall = try payload.flag("is_enterprise_install")
        }
        if teamID == nil { teamID = try payload.optionalID("context_team_id") }
        if teamID == nil { teamID = try payload.optionalID("team_id") }
        if teamID == nil { teamID = Self.lenientID(inner["team_id"]) }
        if enterpriseID == nil { enterpriseID = try payload.optionalID("context_enterprise_id") }
        if enterpriseID == nil { enterpriseID = try payload.optionalID("enterprise_id") }
        isSharedChannel = try payload.flag("is_ext_shared_channel")
        userID = Self.lenientID(inner["user"]) ?? Self.lenientID(inner["user_id"])
        userTeamID = Self.homeTeam(inner)
        channelID =
            Self.lenientID(inner["channel"]) ?? Self.lenientID(inner["channel_id"])
            ?? Self.lenientID(inner["item"]["channel"])
    }

    /// What can be made out of a request of an unknown kind.
    init(unknown payload: JSONValue) {
        self.init()
        userID = Self.lenientID(payload["user"]) ?? Self.lenientID(payload["user_id"])
        userTeamID = Self.lenientID(payload["user"]["team_id"])
        teamID = Self.lenientID(payload["team"]) ?? Self.lenientID(payload["team_id"]) ?? userTeamID
        enterpriseID = Self.lenientID(payload["enterprise"]) ?? Self.lenientID(payload["enterprise_id"])
        let install = payload["is_enterprise_install"]
        isEnterpriseInstall = install == .bool(true) || install == .string("true")
        channelID = Self.lenientID(payload["channel"]) ?? Self.lenientID(payload["channel_id"])
    }

    /// Where the person behind an event is at home. `user_team` can name an organization, which is no workspace.
    private static func homeTeam(_ inner: WireObject) -> String? {
        let candidates = [inner["user_team"], inner["user"]["team_id"], inner["source_team"], inner["team"]]
        return candidates.lazy.compactMap(lenientID).first { $0.utf8.first == UInt8(ascii: "T") }
    }

    /// An id, or the `id` of an object, or nil.
    private static func lenientID(_ value: JSONValue) -> String? {
        guard let text = value.string ?? value["id"].string, SlackID.isValid(text) else { return nil }
        return text
    }
}
