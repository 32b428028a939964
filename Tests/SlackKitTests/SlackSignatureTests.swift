import FoundationEssentials
import SlackKit
import Testing

/// Slack's published example, and everything that must not pass for it.
@Suite struct `Slack's signature` {
    static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
    static let timestamp = 1_531_420_618
    static let published = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    static let body = Array(
        """
        token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V\
        &channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=\
        &response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN\
        &trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c
        """.utf8)

    let now = Date(timeIntervalSince1970: Double(timestamp))

    func signature(_ secrets: String...) throws -> SlackSignature {
        try #require(SlackSignature(secrets: secrets))
    }

    @Test func `the published example is valid, and is what we sign`() throws {
        let signature = try signature(Self.secret)
        #expect(signature.sign(timestamp: Self.timestamp, body: Self.body) == Self.published)
        let verdict = signature.verify(
            timestamp: "\(Self.timestamp)", signature: Self.published, body: Self.body, now: now)
        #expect(verdict == .valid)
    }

    @Test func `any of several secrets is accepted, and the first one signs`() throws {
        let both = try signature("a new secret", Self.secret)
        let verdict = both.verify(timestamp: "\(Self.timestamp)", signature: Self.published, body: Self.body, now: now)
        #expect(verdict == .valid)
        #expect(both.sign(timestamp: Self.timestamp, body: Self.body) != Self.published)
    }

    @Test func `no secret, or an empty one, is refused`() {
        #expect(SlackSignature(secrets: []) == nil)
        #expect(SlackSignature(secrets: ["good", ""]) == nil)
    }

    @Test func `one other byte of the body is wrong`() throws {
        let signature = try signature(Self.secret)
        for index in [0, Self.body.count / 2, Self.body.count - 1] {
            var other = Self.body
            other[index] ^= 1
            #expect(
                signature.verify(timestamp: "\(Self.timestamp)", signature: Self.published, body: other, now: now)
                    == .wrong)
        }
        #expect(
            signature.verify(timestamp: "\(Self.timestamp)", signature: Self.published, body: [], now: now) == .wrong)
    }

    @Test func `another secret or another time is wrong`() throws {
        let other = try signature("another secret")
        #expect(
            other.verify(timestamp: "\(Self.timestamp)", signature: Self.published, body: Self.body, now: now)
                == .wrong)
        // The same number, written differently, is another base string.
        let mine = try signature(Self.secret)
        for timestamp in ["\(Self.timestamp + 1)", "0\(Self.timestamp)"] {
            #expect(mine.verify(timestamp: timestamp, signature: Self.published, body: Self.body, now: now) == .wrong)
        }
    }

    @Test func `every bit of the signature counts`() throws {
        let signature = try signature(Self.secret)
        let digits = Array("0123456789abcdef")
        for place in 3..<67 {
            var text = Array(Self.published)
            let digit = try #require(digits.firstIndex(of: text[place]))
            for bit in [1, 2, 4, 8] {
                text[place] = digits[digit ^ bit]
                let verdict = signature.verify(
                    timestamp: "\(Self.timestamp)", signature: String(text), body: Self.body, now: now)
                #expect(verdict == .wrong)
            }
        }
    }

    @Test(arguments: [
        (-301.0, false), (-300.5, false), (-300, true), (-299, true), (0, true), (299, true), (300, true),
        (300.5, false), (301, false), (86_400, false), (-86_400, false),
    ])
    func `three hundred seconds either way are allowed, and no more`(offset: Double, allowed: Bool) throws {
        let later = Date(timeIntervalSince1970: Double(Self.timestamp) + offset)
        let verdict = try signature(Self.secret)
            .verify(timestamp: "\(Self.timestamp)", signature: Self.published, body: Self.body, now: later)
        if allowed {
            #expect(verdict == .valid)
        } else {
            #expect(verdict == .stale(skew: Int((-offset).rounded(.awayFromZero))))
        }
    }

    @Test func `a clock beyond all reason is stale, not a trap`() throws {
        for seconds in [Double.infinity, -.infinity, .nan, 1e300, -1e300] {
            let verdict = try signature(Self.secret).verify(
                timestamp: "\(Self.timestamp)", signature: Self.published, body: Self.body,
                now: Date(timeIntervalSince1970: seconds))
            guard case .stale = verdict else {
                Issue.record("\(seconds): \(verdict)")
                continue
            }
        }
    }

    @Test func `a missing header is named`() throws {
        let signature = try signature(Self.secret)
        #expect(
            signature.verify(timestamp: nil, signature: Self.published, body: Self.body, now: now)
                == .missing(header: "x-slack-request-timestamp"))
        #expect(
            signature.verify(timestamp: "\(Self.timestamp)", signature: nil, body: Self.body, now: now)
                == .missing(header: "x-slack-signature"))
    }

    static let digits = String(published.dropFirst(3))
    static let short = String(published.dropLast())
    static let malformed: [String] = [
        "", " ", "v0=", "v1=\(digits)", "V0=\(digits)", digits, "\(published) ", " \(published)", "\(published)0",
        short,
        published.uppercased(), "v0=\(digits.uppercased())", "\(published), \(published)", "\(short)g",
        "\(short)\u{0660}", "\(short)\u{0}", "\(short.dropLast())é", "v0=" + String(repeating: " ", count: 64),
        String(repeating: "0", count: 67),
    ]

    @Test(arguments: malformed)
    func `a signature of another form is malformed`(text: String) throws {
        let verdict = try signature(Self.secret)
            .verify(timestamp: "\(Self.timestamp)", signature: text, body: Self.body, now: now)
        #expect(verdict == .malformed(header: "x-slack-signature"))
    }

    @Test(arguments: [
        "", " ", "1531420618 ", " 1531420618", "+1531420618", "-1531420618", "1531420618.0", "1.531e9", "0x5b476a0a",
        "1531420618, 1531420618", "1531420618,1531420618", "nan", "\u{0661}531420618", "1531420618\u{0}",
        "1531420618\n",
        "999999999999", "99999999999999999999999999",
    ])
    func `a timestamp of another form is malformed`(text: String) throws {
        let verdict = try signature(Self.secret)
            .verify(timestamp: text, signature: Self.published, body: Self.body, now: now)
        #expect(verdict == .malformed(header: "x-slack-request-timestamp"))
    }

    @Test func `endless headers are malformed`() throws {
        let signature = try signature(Self.secret)
        let endless = String(repeating: "0", count: 1_000_000)
        #expect(
            signature.verify(timestamp: "\(Self.timestamp)", signature: endless, body: Self.body, now: now)
                == .malformed(header: "x-slack-signature"))
        #expect(
            signature.verify(timestamp: endless, signature: Self.published, body: Self.body, now: now)
                == .malformed(header: "x-slack-request-timestamp"))
    }
}
