import PluginAPI
import SlackKit
import Testing

@Suite struct `An answer of the Web API` {
    private func answer(_ body: String, status: Int = 200, retryAfter: String? = nil) throws -> SlackAPIResponse {
        let method = try #require(WebAPIMethod.named("chat.postMessage"))
        return SlackAPIResponse(to: method, status: status, retryAfter: retryAfter, body: Array(body.utf8))
    }

    private func error(_ body: String, status: Int = 200, retryAfter: String? = nil) throws -> SlackAPIError {
        guard case .failed(let error) = try answer(body, status: status, retryAfter: retryAfter) else {
            throw Unexpected()
        }
        return error
    }

    @Test func `that is ok is the whole answer`() throws {
        let done = try answer(#"{"ok":true,"channel":"C1","ts":"1.2"}"#)
        #expect(done == .done(["ok": true, "channel": "C1", "ts": "1.2"], warnings: []))
    }

    @Test func `that is ok may have remarks`() throws {
        let body = #"{"ok":true,"warning":"a,b","response_metadata":{"warnings":["missing_charset"]}}"#
        guard case .done(_, let warnings) = try answer(body) else { throw Unexpected() }
        #expect(warnings == ["missing_charset"])
        guard case .done(_, let named) = try answer(#"{"ok":true,"warning":"a,b"}"#) else { throw Unexpected() }
        #expect(named == ["a", "b"])
    }

    @Test func `that is an error has the code, the scopes and what Slack says of the blocks`() throws {
        let missing = try error(#"{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"commands"}"#)
        #expect(missing.code.code == "missing_scope")
        #expect(missing.neededScope == "chat:write")
        #expect(missing.grantedScopes == "commands")

        let blocks = try error(
            #"{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":["[ERROR] no [json-pointer:/blocks/0]"]}}"#
        )
        #expect(blocks.details == ["[ERROR] no [json-pointer:/blocks/0]"])

        let manifest = try error(
            #"{"ok":false,"error":"invalid_manifest","errors":[{"message":"too long","pointer":"/features"},"plain"]}"#)
        #expect(manifest.details == ["/features: too long", "plain"])
    }

    @Test func `of 429 says how long to wait`() throws {
        #expect(try error("", status: 429, retryAfter: "7").retryAfter == .seconds(7))
        #expect(try error(#"{"ok":false,"error":"ratelimited"}"#, status: 429).retryAfter == .seconds(30))
        #expect(try error(#"{"ok":false,"error":"ratelimited"}"#).retryAfter == .seconds(30))
        #expect(try error("", status: 429).remedy == .retry)
        #expect(try error(#"{"ok":false,"error":"ratelimited"}"#).code.code == "rate_limited")
    }

    @Test(arguments: [
        (500, "", "internal_error"), (502, "<html>Bad gateway</html>", "internal_error"),
        (503, "", "service_unavailable"), (200, "", "invalid_answer"), (200, "[]", "invalid_answer"),
        (200, "null", "invalid_answer"), (200, "{}", "invalid_answer"), (200, #"{"ok":"true"}"#, "invalid_answer"),
        (200, #"{"ok":false}"#, "invalid_answer"), (200, #"{"ok":false,"error":7}"#, "invalid_answer"),
        (200, "<html>", "invalid_answer"), (302, "", "invalid_answer"), (404, "", "invalid_answer"),
        (500, #"{"ok":false,"error":"fatal_error"}"#, "fatal_error"),
    ])
    func `that is none is an error of its own`(status: Int, body: String, code: String) throws {
        #expect(try error(body, status: status).code.code == code)
    }

    @Test func `that is endless is not kept`() throws {
        let messages = (0..<50).map { "\"\($0)\(String(repeating: "x", count: 1_000))\"" }.joined(separator: ",")
        let error = try error(#"{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":[\#(messages)]}}"#)
        #expect(error.details.count == 10)
        #expect(error.details.allSatisfy { $0.count == 300 })
    }
}

@Suite struct `The arguments of a call` {
    @Test func `are a form, lists and objects in it as JSON`() throws {
        let body = FormArguments.encode([
            "channel": "C1", "text": "50% & more + é", "unfurl_links": false, "limit": 200, "nothing": nil,
            "blocks": [["type": "divider"]],
        ])
        #expect(
            String(decoding: body, as: UTF8.self)
                == "blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D&channel=C1&limit=200&"
                + "text=50%25%20%26%20more%20%2B%20%C3%A9&unfurl_links=false")
        #expect(try FormBody(body)["text"] == "50% & more + é")
    }

    @Test func `that are no object are none`() {
        #expect(FormArguments.encode([]).isEmpty)
        #expect(FormArguments.encode(nil).isEmpty)
        #expect(FormArguments.encode([:]).isEmpty)
    }

    @Test func `of an authorization are in order`() {
        let body = OAuthRequest.code("1.2&x=y", redirectURI: "https://bots.example.com/slack/oauth_redirect").body
        #expect(
            String(decoding: body, as: UTF8.self)
                == "code=1.2%26x%3Dy&redirect_uri=https%3A%2F%2Fbots.example.com%2Fslack%2Foauth_redirect")
        #expect(
            String(decoding: OAuthRequest.refresh("xoxe-1-a").body, as: UTF8.self)
                == "grant_type=refresh_token&refresh_token=xoxe-1-a")
    }
}
