import Testing

@testable import BotHost

/// Where a socket may lead.
@Suite struct SocketEndpointTests {
    @Test func `Slack's own hosts are let through, with the ticket`() throws {
        let address = try #require(
            SocketEndpoint("wss://wss-primary.slack.com/link/?ticket=a-b&app_id=A1", slackURL: "https://slack.com"))
        #expect(address.host == "wss-primary.slack.com")
        #expect(address.port == 443)
        #expect(address.isSecure)
        #expect(address.target == "/link/?ticket=a-b&app_id=A1")
    }

    @Test(arguments: [
        "ws://wss-primary.slack.com/link", "wss://slack.com.evil.example/link", "wss://evilslack.com/",
        "wss://slack.com@evil.example/", "wss://user@wss.slack.com/", "wss://wss.slack.com:8443/", "https://slack.com/",
        "wss://127.0.0.1/", "wss:///link", "", "wss://wss.slack.com/ link", "wss://wss.slack.com/#x",
        "wss://evil.example",
        "wss://wss.slack-gov.com/",
    ])
    func `everything else is not`(text: String) {
        #expect(SocketEndpoint(text, slackURL: "https://slack.com") == nil)
    }

    @Test func `a simulator on this machine may use another port of it, and nothing else`() {
        #expect(SocketEndpoint("ws://127.0.0.1:4711/link", slackURL: "http://127.0.0.1:8080")?.port == 4_711)
        #expect(SocketEndpoint("ws://10.0.0.1:4711/link", slackURL: "http://127.0.0.1:8080") == nil)
        #expect(SocketEndpoint("wss://wss.slack.com/link", slackURL: "http://127.0.0.1:8080") == nil)
    }
}
