/// A slash command as a person typed it.
///
/// - SeeAlso: https://docs.slack.dev/interactivity/implementing-slash-commands
package struct SlashCommand: Sendable, Equatable {
    /// Who typed it, and where.
    package var origin: Origin

    /// The command with its slash, such as `/pd`.
    package var command: String

    /// What follows it; empty if nothing does.
    package var text: String

    /// The channel's name as Slack gives it: `directmessage` and `privategroup` for those that have none to show.
    package var channelName: String?

    /// The person's user name. Slack is phasing it out: for showing only.
    package var userName: String?

    /// Where late replies go, five times in 30 minutes. To be checked with ``ResponseURL`` before use.
    package var responseURL: String?

    /// Opens a modal, once, within three seconds.
    package var triggerID: String?

    /// The app that the command belongs to.
    package var appID: String?

    init(form: FormBody) throws(DecodeFault) {
        var origin = Origin()
        origin.teamID = try form.id("team_id")
        origin.enterpriseID = try form.id("enterprise_id")
        origin.isEnterpriseInstall = form["is_enterprise_install"] == "true"
        origin.userID = try form.requiredID("user_id")
        origin.channelID = try form.requiredID("channel_id")
        self.origin = origin
        command = try form.required("command")
        text = form["text"] ?? ""
        channelName = form.nonEmpty("channel_name")
        userName = form.nonEmpty("user_name")
        responseURL = form.nonEmpty("response_url")
        triggerID = form.nonEmpty("trigger_id")
        appID = try form.id("api_app_id")
        try Self.check(command)
    }

    /// Over Socket Mode the same fields come as a JSON object.
    init(payload: WireObject) throws(DecodeFault) {
        var origin = Origin()
        origin.teamID = try payload.optionalID("team_id")
        origin.enterpriseID = try payload.optionalID("enterprise_id")
        origin.isEnterpriseInstall = try payload.flag("is_enterprise_install")
        origin.userID = try payload.id("user_id")
        origin.channelID = try payload.id("channel_id")
        self.origin = origin
        command = try payload.nonEmptyText("command")
        text = try payload.optionalText("text") ?? ""
        channelName = try payload.filledText("channel_name")
        userName = try payload.filledText("user_name")
        responseURL = try payload.filledText("response_url")
        triggerID = try payload.filledText("trigger_id")
        appID = try payload.optionalID("api_app_id")
        try Self.check(command)
    }

    /// Slack makes commands of at most 32 characters, whose alphabet its pages do not limit.
    private static func check(_ command: String) throws(DecodeFault) {
        let bytes = command.utf8
        guard bytes.first == UInt8(ascii: "/"), (2...128).contains(bytes.count), bytes.allSatisfy({ $0 > 0x20 }) else {
            throw DecodeFault("command", expected: "a slash and a word", found: "other text")
        }
    }
}

extension FormBody {
    func required(_ name: StaticString) throws(DecodeFault) -> String {
        guard let value = nonEmpty(name) else {
            throw DecodeFault("\(name)", expected: "text", found: "nothing")
        }
        return value
    }

    func requiredID(_ name: StaticString) throws(DecodeFault) -> String {
        guard let value = try id(name) else {
            throw DecodeFault("\(name)", expected: SlackID.expectation, found: "nothing")
        }
        return value
    }

    /// A field that, if it is there and not empty, must be an id.
    func id(_ name: StaticString) throws(DecodeFault) -> String? {
        guard let value = nonEmpty(name) else { return nil }
        guard SlackID.isValid(value) else {
            throw DecodeFault("\(name)", expected: SlackID.expectation, found: "other text")
        }
        return value
    }
}
