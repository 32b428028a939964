import PluginAPI
import SlackKit
import Testing

@Suite struct `An error of the Web API` {
    private func method(_ name: String) throws -> WebAPIMethod { try #require(WebAPIMethod.named(name)) }

    @Test(arguments: [
        ("ratelimited", SlackErrorCode.Remedy.retry), ("unreachable", .retry), ("internal_error", .inDoubt),
        ("timeout", .inDoubt), ("channel_not_found", .reroute), ("not_in_channel", .reroute), ("is_archived", .reroute),
        ("message_not_found", .postAfresh), ("missing_scope", .tellAdministrator), ("user_not_found", .tellPerson),
        ("expired_trigger_id", .tellPerson), ("token_revoked", .reauthorize), ("account_inactive", .reauthorize),
        ("invalid_blocks", .rerender), ("never_heard_of_it", .permanent),
    ])
    func `says what to do about it`(code: String, remedy: SlackErrorCode.Remedy) {
        #expect(SlackErrorCode(code).remedy == remedy)
    }

    @Test func `without an answer is repeated only where that is safe`() throws {
        #expect(try SlackAPIError.timeout(method("chat.postMessage")).remedy == .inDoubt)
        #expect(try SlackAPIError.timeout(method("chat.update")).remedy == .retry)
        #expect(try SlackAPIError.timeout(method("reactions.add")).remedy == .retry)
        #expect(try SlackAPIError.unreachable(method("chat.postMessage")).remedy == .retry)
    }

    @Test func `can mean that the first call did it`() throws {
        #expect(try SlackAPIError(method("reactions.add"), "already_reacted").meansDone)
        #expect(try !SlackAPIError(method("reactions.add"), "channel_not_found").meansDone)
        #expect(try !SlackAPIError(method("chat.postMessage"), "already_reacted").meansDone)
    }

    @Test func `has one sentence for a person`() {
        #expect(
            SlackErrorCode("expired_trigger_id").sentence
                == "That took too long: Slack opens a form only within three seconds. Please try again.")
        #expect(
            SlackErrorCode("not_in_channel").sentence
                == "The app is not in the channel: type `/invite` and the app's name there.")
        #expect(SlackErrorCode("odd_new_code").sentence == "Slack did not accept this (`odd_new_code`).")
    }

    @Test(arguments: ["", "<!channel>", "a`b", "a b", "Straße", "x\u{0}", String(repeating: "x", count: 65)])
    func `does not repeat what does not look like a code to people`(code: String) {
        #expect(SlackErrorCode(code).sentence == "Slack did not accept this.")
    }

    @Test func `tells a plugin the code, the sentence and the scope`() throws {
        let error = try SlackAPIError(
            method("users.info"), "missing_scope", neededScope: "users:read", grantedScopes: "chat:write")
        #expect(error.pluginError.code == "missing_scope")
        #expect(error.pluginError.neededScope == "users:read")
        #expect(error.pluginError.sentence.hasSuffix("an administrator has to install it again."))
        #expect(error.description == "users.info: missing_scope, needs users:read")
    }
}

@Suite struct `The wait after a 429` {
    @Test(arguments: [
        ("30", 30), ("1", 1), ("0", 0), (" 5 ", 5), ("\t7", 7), ("0010", 10), ("900", 900), ("901", 900),
        ("86400", 900),
        ("99999999999999999999999999", 900),
    ])
    func `is what Slack says, up to a quarter of an hour`(header: String, seconds: Int) {
        #expect(RetryAfter.duration(header) == .seconds(seconds))
    }

    @Test(arguments: [
        nil, "", " ", "-1", "+5", "1.5", "1e3", "soon", "NaN", "Wed, 21 Oct 2026 07:28:00 GMT", "5 6", "5,6",
        "\u{0665}",
        "5\u{0}",
    ])
    func `is half a minute where Slack does not say it in whole seconds`(header: String?) {
        #expect(RetryAfter.duration(header) == .seconds(30))
    }
}
