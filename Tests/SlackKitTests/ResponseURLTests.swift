import SlackKit
import Testing

@Suite struct `A response URL` {
    @Test(arguments: [
        "https://hooks.slack.com/commands/T1DC2JH3J/397700885554/96rGlfmibIGlgcZRskXaIFfN",
        "https://hooks.slack.com/actions/T1/2/x?y=z", "https://hooks.slack-gov.com/commands/T1/2/x",
        "https://HOOKS.slack.com/commands/T1/2/x", "https://hooks.slack.com:443/commands/T1/2/x",
    ])
    func `of Slack's may be called`(text: String) {
        #expect(ResponseURL().allowed(text) != nil)
        #expect(ResponseURL(slackURL: "http://127.0.0.1:8080").allowed(text) != nil)
    }

    @Test(arguments: [
        "", "hooks.slack.com", "//hooks.slack.com/x", "http://hooks.slack.com/x",
        "https://hooks.slack.com@evil.example/x",
        "https://user@hooks.slack.com/x", "https://user:pw@hooks.slack.com/x", "https://hooks.slack.com.evil.example/x",
        "https://evil.example/hooks.slack.com", "https://evil.example#hooks.slack.com",
        "https://evil.example?hooks.slack.com", "https://hooks.slack.com:8443/x", "https://xhooks.slack.com/x",
        "https://slack.com/x", "https://hooks.slack.com\\@evil.example/x", "https:\\\\hooks.slack.com/x",
        "https://hooks.slack.com\n/x", "https://hooks.slack.com /x", " https://hooks.slack.com/x",
        "https://hooks.slack.com/\u{0}",
        "https://hooks.s\u{217C}ack.com/x", "https://hooks.slack\u{3002}com/x", "https://hooks.slack.com./x",
        "https://[::1]/x", "https://127.0.0.1/x", "http://localhost/x", "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd", "ftp://hooks.slack.com/x", "https://", "https://hooks.slack.com%2eevil.example/x",
        "https://hooks.slack.com:99999/x", "https://hooks.slack.com/x#fragment",
    ])
    func `of anybody else's may not`(text: String) {
        #expect(ResponseURL().allowed(text) == nil)
    }

    @Test func `that is endless may not`() {
        #expect(ResponseURL().allowed("https://hooks.slack.com/" + String(repeating: "x", count: 3000)) == nil)
    }

    @Test func `of a simulator may be called when Slack's address is that simulator`() {
        let guarded = ResponseURL(slackURL: "http://127.0.0.1:8080")
        #expect(guarded.allowed("http://127.0.0.1:8080/hooks/1") != nil)
        #expect(guarded.allowed("http://127.0.0.1:8081/hooks/1") == nil)
        #expect(guarded.allowed("https://127.0.0.1:8080/hooks/1") == nil)
        #expect(guarded.allowed("http://localhost:8080/hooks/1") == nil)
        #expect(guarded.allowed("http://127.0.0.1:8080@evil.example/") == nil)
    }

    @Test(arguments: [
        "http://evil.example", "http://10.0.0.1:8080", "http://127.0.0.1.evil.example:8080", "https://slack.com",
        "nonsense",
        "http://0.0.0.0:8080", "http://127.evil:8080",
    ])
    func `of a configured address that is not loopback may not`(slackURL: String) {
        let guarded = ResponseURL(slackURL: slackURL)
        #expect(guarded.allowed(slackURL + "/hooks/1") == nil)
    }
}
