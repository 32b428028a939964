extension WebAPIMethod {
    /// The methods that a bot for chat operations uses, by name.
    ///
    /// Names, scopes and tiers are those of each method's page. Where Slack gives no figure ("special") the figure
    /// here is one that its pages call safe; `apps.connections.open` is Tier 1 in one of Slack's SDKs and Tier 3 on
    /// its page, so the slower one counts.
    package static let catalogue: [String: WebAPIMethod] = {
        var byName: [String: WebAPIMethod] = [:]
        for method in appMethods + chatMethods + conversationMethods + peopleMethods + itemMethods {
            byName[method.name] = method
        }
        return byName
    }()

    private static let appMethods: [WebAPIMethod] = [
        WebAPIMethod("api.test", .tier4, .safe),
        WebAPIMethod("apps.connections.open", .tier1, .safe, scopes: ["connections:write"], token: .app),
        WebAPIMethod("apps.event.authorizations.list", .tier4, .safe, scopes: ["authorizations:read"], token: .app),
        WebAPIMethod("apps.manifest.create", .tier1, .inDoubt, token: .configuration),
        WebAPIMethod("apps.manifest.export", .tier3, .safe, token: .configuration),
        WebAPIMethod("apps.manifest.update", .tier1, .safe, token: .configuration),
        WebAPIMethod("apps.manifest.validate", .tier3, .safe, token: .configuration),
        WebAPIMethod("apps.uninstall", .tier1, .settled(by: ["invalid_auth", "token_revoked", "account_inactive"])),
        WebAPIMethod("auth.revoke", .tier3, .settled(by: ["invalid_auth", "token_revoked"])),
        WebAPIMethod("auth.teams.list", .tier2, .safe),
        WebAPIMethod("auth.test", .special(perMinute: 600), .safe),
        WebAPIMethod("functions.completeError", .tier3, .inDoubt),
        WebAPIMethod("functions.completeSuccess", .tier3, .inDoubt),
        WebAPIMethod("oauth.v2.access", .special(perMinute: 100), .inDoubt, token: .client),
        WebAPIMethod("oauth.v2.exchange", .tier3, .settled(by: ["token_already_exchanged"]), token: .client),
        WebAPIMethod("openid.connect.token", .tier4, .inDoubt, token: .client),
        WebAPIMethod("openid.connect.userInfo", .tier3, .safe),
        WebAPIMethod("tooling.tokens.rotate", .tier1, .inDoubt, token: .configuration),
        WebAPIMethod("views.open", .tier4, .inDoubt),
        WebAPIMethod("views.publish", .tier4, .safe),
        WebAPIMethod("views.push", .tier4, .inDoubt),
        WebAPIMethod("views.update", .tier4, .safe),
    ]

    private static let chatMethods: [WebAPIMethod] = [
        WebAPIMethod("chat.delete", .tier3, .settled(by: ["message_not_found"]), scopes: ["chat:write"]),
        WebAPIMethod(
            "chat.deleteScheduledMessage", .tier3, .settled(by: ["invalid_scheduled_message_id"]),
            scopes: ["chat:write"]),
        WebAPIMethod("chat.getPermalink", .special(perMinute: 600), .safe),
        WebAPIMethod("chat.postEphemeral", .tier4, .inDoubt, scopes: ["chat:write"]),
        WebAPIMethod("chat.postMessage", .posting, .inDoubt, scopes: ["chat:write"]),
        WebAPIMethod("chat.scheduleMessage", .tier3, .inDoubt, scopes: ["chat:write"]),
        WebAPIMethod("chat.scheduledMessages.list", .tier3, .safe),
        WebAPIMethod("chat.unfurl", .tier3, .safe, scopes: ["links:write"]),
        WebAPIMethod("chat.update", .tier3, .safe, scopes: ["chat:write"]),
    ]

    private static let reading = ["channels:read", "groups:read", "im:read", "mpim:read"]
    private static let history = ["channels:history", "groups:history", "im:history", "mpim:history"]
    private static let managing = ["channels:manage", "groups:write", "im:write", "mpim:write"]
    private static let topics = [
        "channels:manage", "channels:write.topic", "groups:write", "groups:write.topic", "im:write", "im:write.topic",
        "mpim:write", "mpim:write.topic",
    ]

    private static let conversationMethods: [WebAPIMethod] = [
        WebAPIMethod("conversations.archive", .tier2, .settled(by: ["already_archived"]), scopes: managing),
        WebAPIMethod("conversations.close", .tier2, .safe, scopes: managing),
        WebAPIMethod("conversations.create", .tier2, .inDoubt, scopes: managing),
        WebAPIMethod("conversations.history", .tier3, .safe, scopes: history),
        WebAPIMethod("conversations.info", .tier3, .safe, scopes: reading),
        WebAPIMethod(
            "conversations.invite", .tier3, .settled(by: ["already_in_channel"]),
            scopes: managing + ["channels:write.invites", "groups:write.invites"]),
        WebAPIMethod("conversations.join", .tier3, .safe, scopes: ["channels:join"]),
        WebAPIMethod(
            "conversations.kick", .tier3, .settled(by: ["not_in_channel"]),
            scopes: ["channels:manage", "groups:write"]),
        WebAPIMethod("conversations.leave", .tier3, .safe, scopes: managing),
        WebAPIMethod("conversations.list", .tier2, .safe, scopes: reading),
        WebAPIMethod("conversations.members", .tier4, .safe, scopes: reading),
        WebAPIMethod("conversations.open", .tier3, .safe, scopes: managing),
        WebAPIMethod("conversations.rename", .tier2, .safe, scopes: managing),
        WebAPIMethod("conversations.replies", .tier3, .safe, scopes: history),
        WebAPIMethod("conversations.setPurpose", .tier2, .safe, scopes: topics),
        WebAPIMethod("conversations.setTopic", .tier2, .safe, scopes: topics),
        WebAPIMethod("conversations.unarchive", .tier2, .settled(by: ["not_archived"]), scopes: managing),
    ]

    private static let peopleMethods: [WebAPIMethod] = [
        WebAPIMethod("bots.info", .tier3, .safe, scopes: ["users:read"]),
        WebAPIMethod("dnd.info", .tier3, .safe, scopes: ["dnd:read"]),
        WebAPIMethod("dnd.teamInfo", .tier2, .safe, scopes: ["dnd:read"]),
        WebAPIMethod("team.info", .tier3, .safe, scopes: ["team:read"]),
        WebAPIMethod("usergroups.create", .tier2, .inDoubt, scopes: ["usergroups:write"]),
        WebAPIMethod("usergroups.list", .tier2, .safe, scopes: ["usergroups:read"]),
        WebAPIMethod("usergroups.update", .tier2, .safe, scopes: ["usergroups:write"]),
        WebAPIMethod("usergroups.users.list", .tier2, .safe, scopes: ["usergroups:read"]),
        WebAPIMethod("usergroups.users.update", .tier2, .safe, scopes: ["usergroups:write"]),
        WebAPIMethod("users.conversations", .tier2, .safe, scopes: reading),
        WebAPIMethod("users.getPresence", .tier3, .safe, scopes: ["users:read"]),
        WebAPIMethod("users.info", .tier4, .safe, scopes: ["users:read"]),
        WebAPIMethod("users.list", .tier2, .safe, scopes: ["users:read"]),
        WebAPIMethod("users.lookupByEmail", .tier3, .safe, scopes: ["users:read.email"]),
        WebAPIMethod("users.profile.get", .tier4, .safe, scopes: ["users.profile:read"]),
    ]

    private static let itemMethods: [WebAPIMethod] = [
        WebAPIMethod("bookmarks.add", .tier2, .inDoubt, scopes: ["bookmarks:write"]),
        WebAPIMethod("bookmarks.edit", .tier2, .safe, scopes: ["bookmarks:write"]),
        WebAPIMethod("bookmarks.list", .tier3, .safe, scopes: ["bookmarks:read"]),
        WebAPIMethod("bookmarks.remove", .tier2, .settled(by: ["not_found"]), scopes: ["bookmarks:write"]),
        WebAPIMethod("files.completeUploadExternal", .tier4, .inDoubt, scopes: ["files:write"]),
        WebAPIMethod(
            "files.delete", .tier3, .settled(by: ["file_deleted", "file_not_found"]), scopes: ["files:write"]),
        WebAPIMethod("files.getUploadURLExternal", .tier4, .safe, scopes: ["files:write"]),
        WebAPIMethod("files.info", .tier4, .safe, scopes: ["files:read"]),
        WebAPIMethod("pins.add", .tier2, .settled(by: ["already_pinned"]), scopes: ["pins:write"]),
        WebAPIMethod("pins.list", .tier2, .safe, scopes: ["pins:read"]),
        WebAPIMethod("pins.remove", .tier2, .settled(by: ["no_pin", "not_pinned"]), scopes: ["pins:write"]),
        WebAPIMethod("reactions.add", .tier3, .settled(by: ["already_reacted"]), scopes: ["reactions:write"]),
        WebAPIMethod("reactions.get", .tier3, .safe, scopes: ["reactions:read"]),
        WebAPIMethod("reactions.remove", .tier2, .settled(by: ["no_reaction"]), scopes: ["reactions:write"]),
    ]
}
