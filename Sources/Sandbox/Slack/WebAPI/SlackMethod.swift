/// A method of the Web API: what it needs, how often it may be called and what it does.
struct SlackMethod: Sendable {
    typealias Body = @Sendable (isolated SlackSimulator, SlackCall) throws -> [String: JSON]

    /// Any one of these opens it; none means that every token does. Methods on conversations ask for the scope of
    /// the conversation's kind by themselves.
    let scopes: [String]
    let tier: RateLimits.Tier
    let body: Body

    init(_ scopes: [String], _ tier: RateLimits.Tier, _ body: @escaping Body) {
        self.scopes = scopes
        self.tier = tier
        self.body = body
    }

    private static let reading = ["channels:read", "groups:read", "im:read", "mpim:read"]
    private static let history = ["channels:history", "groups:history", "im:history", "mpim:history"]
    private static let managing = ["channels:manage", "groups:write", "im:write", "mpim:write"]
    private static let topics = managing + ["channels:write.topic", "groups:write.topic"]
    private static let inviting = managing + ["channels:write.invites", "groups:write.invites"]

    /// The methods that this Slack knows.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/methods
    static let all: [String: SlackMethod] = [
        "api.test": SlackMethod([], .four) { _, call in ["args": .object(call.arguments.filter { $0.key != "token" })]
        },
        "auth.test": SlackMethod([], .hundreds) { slack, call in slack.authTest(call) },
        "auth.revoke": SlackMethod([], .three) { slack, call in slack.authRevoke(call) },
        "bookmarks.add": SlackMethod(["bookmarks:write"], .two) { slack, call in try slack.addBookmark(call) },
        "chat.delete": SlackMethod(["chat:write"], .three) { slack, call in try slack.deleteMessage(call) },
        "chat.getPermalink": SlackMethod([], .hundreds) { slack, call in try slack.permalink(call) },
        "chat.postEphemeral": SlackMethod(["chat:write"], .four) { slack, call in try slack.postEphemeral(call) },
        "chat.postMessage": SlackMethod(["chat:write"], .posting) { slack, call in try slack.postMessage(call) },
        "chat.update": SlackMethod(["chat:write"], .three) { slack, call in try slack.updateMessage(call) },
        "conversations.archive": SlackMethod(managing, .two) { slack, call in try slack.archive(call, true) },
        "conversations.create": SlackMethod(managing, .two) { slack, call in try slack.createConversation(call) },
        "conversations.history": SlackMethod(history, .three) { slack, call in try slack.history(call) },
        "conversations.info": SlackMethod(reading, .three) { slack, call in try slack.conversationInfo(call) },
        "conversations.invite": SlackMethod(inviting, .three) { slack, call in try slack.inviteToConversation(call) },
        "conversations.join": SlackMethod(["channels:join"], .three) { slack, call in try slack.joinConversation(call)
        },
        "conversations.kick": SlackMethod(managing, .three) { slack, call in try slack.kick(call) },
        "conversations.leave": SlackMethod(managing, .three) { slack, call in try slack.leave(call) },
        "conversations.list": SlackMethod(reading, .two) { slack, call in try slack.listConversations(call) },
        "conversations.members": SlackMethod(reading, .four) { slack, call in try slack.conversationMembers(call) },
        "conversations.open": SlackMethod(managing, .three) { slack, call in try slack.openConversation(call) },
        "conversations.rename": SlackMethod(managing, .two) { slack, call in try slack.renameConversation(call) },
        "conversations.replies": SlackMethod(history, .three) { slack, call in try slack.threadReplies(call) },
        "conversations.setPurpose": SlackMethod(topics, .two) { slack, call in try slack.setPurpose(call) },
        "conversations.setTopic": SlackMethod(topics, .two) { slack, call in try slack.setTopic(call) },
        "conversations.unarchive": SlackMethod(managing, .two) { slack, call in try slack.archive(call, false) },
        "files.completeUploadExternal": SlackMethod(["files:write"], .four) { slack, call in
            try slack.completeUpload(call)
        },
        "files.getUploadURLExternal": SlackMethod(["files:write"], .four) { slack, call in try slack.uploadPlace(call)
        },
        "files.info": SlackMethod(["files:read"], .four) { slack, call in try slack.fileInfo(call) },
        "functions.completeError": SlackMethod([], .three) { slack, call in try slack.failStep(call) },
        "functions.completeSuccess": SlackMethod([], .three) { slack, call in try slack.completeStep(call) },
        "pins.add": SlackMethod(["pins:write"], .two) { slack, call in try slack.addPin(call) },
        "reactions.add": SlackMethod(["reactions:write"], .three) { slack, call in try slack.addReaction(call) },
        "team.info": SlackMethod(["team:read"], .three) { slack, call in try slack.teamInfo(call) },
        "usergroups.list": SlackMethod(["usergroups:read"], .two) { slack, call in try slack.listUsergroups(call) },
        "usergroups.users.list": SlackMethod(["usergroups:read"], .two) { slack, call in
            try slack.listUsergroupMembers(call)
        },
        "users.conversations": SlackMethod(reading, .three) { slack, call in try slack.conversationsOfUser(call) },
        "users.info": SlackMethod(["users:read"], .four) { slack, call in try slack.userInfo(call) },
        "users.list": SlackMethod(["users:read"], .two) { slack, call in try slack.listUsers(call) },
        "users.lookupByEmail": SlackMethod(["users:read.email"], .three) { slack, call in try slack.lookUp(call) },
        "views.open": SlackMethod([], .four) { slack, call in try slack.openView(call) },
        "views.publish": SlackMethod([], .four) { slack, call in try slack.publishView(call) },
        "views.push": SlackMethod([], .four) { slack, call in try slack.pushView(call) },
        "views.update": SlackMethod([], .four) { slack, call in try slack.updateView(call) },
    ]
}
