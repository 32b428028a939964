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

    /// A command is a slash and at most 31 more bytes without a space.
    static func check(_ command: String) throws(DecodeFault) {
        let bytes = command.utf8
        guard bytes.first == UInt8(ascii: "/"), (2...128).contains(bytes.count), !bytes.contains(UInt8(ascii: " "))
        else {
            throw DecodeFault("command", expected: "a slash and a word", found: "something else")
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
