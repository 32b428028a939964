import PluginAPI
import Testing

@testable import BotHost

/// The only way out: bounded in every direction.
@Suite(.timeLimit(.minutes(10))) struct OutboundHTTPTests {
    private func sending<Result>(
        deadline: Duration = .seconds(10), _ body: (OutboundHTTP, FakeSlack) async throws -> Result
    ) async throws -> Result {
        let slack = FakeSlack()
        let http = OutboundHTTP(deadline: deadline)
        let result = try await slack.serving { try await body(http, slack) }
        await http.shutdown()
        return result
    }

    private func fault(_ http: OutboundHTTP, _ request: HTTPRequest) async -> HTTPFault? {
        do throws(HTTPFault) {
            _ = try await http.send(request)
            return nil
        } catch {
            return error
        }
    }

    @Test func `an answer of any status is an answer, and a redirect is not followed`() async throws {
        try await sending { http, slack in
            slack.answer("moved", .status(302, ["Location": slack.url + "/elsewhere"]))
            slack.answer("broken", .status(500, [:], "oh no"))
            #expect(try await http.send(HTTPRequest("GET", slack.url + "/moved")).status == 302)
            #expect(slack.calls(to: "elsewhere").entries.isEmpty)
            let broken = try await http.send(HTTPRequest("GET", slack.url + "/broken"))
            #expect(broken.status == 500)
            #expect(broken.raw == "oh no")
        }
    }

    @Test func `an answer of more than four mebibytes is not read to its end`() async throws {
        try await sending { http, slack in
            slack.answer("big", .status(200, [:], String(repeating: "x", count: OutboundHTTP.answerLimit + 1)))
            #expect(await fault(http, HTTPRequest("GET", slack.url + "/big")) == .tooLarge)
            slack.answer("fits", .status(200, [:], String(repeating: "x", count: OutboundHTTP.answerLimit)))
            #expect(await fault(http, HTTPRequest("GET", slack.url + "/fits")) == nil)
        }
    }

    @Test func `who does not answer in time is given up, and what was asked may have happened`() async throws {
        try await sending(deadline: .milliseconds(200)) { http, slack in
            let gate = Gate()
            slack.answer("slow", .json([:], after: gate))
            #expect(await fault(http, HTTPRequest("GET", slack.url + "/slow")) == .timeout)
            gate.open()
        }
    }

    @Test func `where nobody listens is told apart from who does not answer`() async throws {
        try await sending { http, _ in
            // Port 9 of this machine: discard, which nobody runs.
            #expect(await fault(http, HTTPRequest("GET", "http://127.0.0.1:9/")) == .unreachable)
        }
    }

    @Test func `nothing from outside adds a line to a request`() async throws {
        try await sending { http, slack in
            let bad: [HTTPRequest] = [
                HTTPRequest("GET", slack.url + "/x", headers: [("X-A", "b\r\nX-Evil: 1")]),
                HTTPRequest("GET", slack.url + "/x", headers: [("X-A: b\r\nX-Evil", "1")]),
                HTTPRequest("GET", slack.url + "/x", headers: [("X A", "1")]),
                HTTPRequest("GET", slack.url + "/x", headers: [("", "1")]),
                HTTPRequest("GET /evil HTTP/1.1\r\nX", slack.url + "/x"),
                HTTPRequest("", slack.url + "/x"),
                HTTPRequest("GET", slack.url + "/x y"),
                HTTPRequest("GET", slack.url + "/x\r\n"),
                HTTPRequest("GET", slack.url + "/ä"),
                HTTPRequest("GET", ""),
                HTTPRequest("GET", "/relative"),
            ]
            for request in bad { #expect(await fault(http, request) == .notAllowed) }
            #expect(slack.calls(to: "x").entries.isEmpty)
            let fine = try await http.send(
                HTTPRequest("GET", slack.url + "/x", query: [("q", "a b&c=ä\n")], headers: [("X-A", "tab\tok")]))
            #expect(fine.status == 200)
        }
    }
}
