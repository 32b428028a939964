import FoundationEssentials
import SlackKit
import Testing

/// Slack's published example, and everything that must not pass for it.
@Suite struct `Slack's signature` {
    let now = Date(timeIntervalSince1970: Double(Published.timestamp))

    func signature(_ secrets: String...) throws -> SlackSignature {
        try #require(SlackSignature(secrets: secrets))
    }

    @Test func `the published example is valid, and is what we sign`() throws {
        let signature = try signature(Published.secret)
        #expect(signature.sign(timestamp: Published.timestamp, body: Published.body) == Published.signature)
        let verdict = signature.verify(
            timestamp: "\(Published.timestamp)", signature: Published.signature, body: Published.body, now: now)
        #expect(verdict == .valid)
    }

    @Test func `any of several secrets is accepted, and the first one signs`() throws {
        let both = try signature("a new secret", Published.secret)
        let verdict = both.verify(
            timestamp: "\(Published.timestamp)", signature: Published.signature, body: Published.body, now: now)
        #expect(verdict == .valid)
        #expect(both.sign(timestamp: Published.timestamp, body: Published.body) != Published.signature)
    }

    @Test func `no secret, or an empty one, is refused`() {
        #expect(SlackSignature(secrets: []) == nil)
        #expect(SlackSignature(secrets: ["good", ""]) == nil)
    }

    @Test func `one other byte of the body is wrong`() throws {
        let signature = try signature(Published.secret)
        for index in [0, Published.body.count / 2, Published.body.count - 1] {
            var other = Published.body
            other[index] ^= 1
            #expect(
                signature.verify(
                    timestamp: "\(Published.timestamp)", signature: Published.signature, body: other, now: now)
                    == .wrong)
        }
        #expect(
            signature.verify(timestamp: "\(Published.timestamp)", signature: Published.signature, body: [], now: now)
                == .wrong)
    }

    @Test func `another secret or another time is wrong`() throws {
        let other = try signature("another secret")
        #expect(
            other.verify(
                timestamp: "\(Published.timestamp)", signature: Published.signature, body: Published.body, now: now)
                == .wrong)
        // The same number, written differently, is another base string.
        let mine = try signature(Published.secret)
        for timestamp in ["\(Published.timestamp + 1)", "0\(Published.timestamp)"] {
            #expect(
                mine.verify(timestamp: timestamp, signature: Published.signature, body: Published.body, now: now)
                    == .wrong)
        }
    }

    @Test func `every bit of the signature counts`() throws {
        let signature = try signature(Published.secret)
        let digits = Array("0123456789abcdef")
        for place in 3..<67 {
            var text = Array(Published.signature)
            let digit = try #require(digits.firstIndex(of: text[place]))
            for bit in [1, 2, 4, 8] {
                text[place] = digits[digit ^ bit]
                let verdict = signature.verify(
                    timestamp: "\(Published.timestamp)", signature: String(text), body: Published.body, now: now)
                #expect(verdict == .wrong)
            }
        }
    }

    @Test(arguments: [
        (-301.0, false), (-300.5, false), (-300, true), (-299, true), (0, true), (299, true), (300, true),
        (300.5, false), (301, false), (86_400, false), (-86_400, false),
    ])
    func `three hundred seconds either way are allowed, and no more`(offset: Double, allowed: Bool) throws {
        let later = Date(timeIntervalSince1970: Double(Published.timestamp) + offset)
        let verdict = try signature(Published.secret)
            .verify(
                timestamp: "\(Published.timestamp)", signature: Published.signature, body: Published.body, now: later)
        if allowed {
            #expect(verdict == .valid)
        } else {
            #expect(verdict == .stale(skew: Int((-offset).rounded(.awayFromZero))))
        }
    }

    @Test func `a clock beyond all reason is stale, not a trap`() throws {
        for seconds in [Double.infinity, -.infinity, .nan, 1e300, -1e300] {
            let verdict = try signature(Published.secret).verify(
                timestamp: "\(Published.timestamp)", signature: Published.signature, body: Published.body,
                now: Date(timeIntervalSince1970: seconds))
            guard case .stale = verdict else {
                Issue.record("\(seconds): \(verdict)")
                continue
            }
        }
    }

    @Test func `a missing header is named`() throws {
        let signature = try signature(Published.secret)
        #expect(
            signature.verify(timestamp: nil, signature: Published.signature, body: Published.body, now: now)
                == .missing(header: "x-slack-request-timestamp"))
        #expect(
            signature.verify(timestamp: "\(Published.timestamp)", signature: nil, body: Published.body, now: now)
                == .missing(header: "x-slack-signature"))
    }

    static let digits = String(Published.signature.dropFirst(3))
    static let short = String(Published.signature.dropLast())
    static let malformed: [String] = [
        "", " ", "v0=", "v1=\(digits)", "V0=\(digits)", digits, "\(Published.signature) ", " \(Published.signature)",
        "\(Published.signature)0",
        short,
        Published.signature.uppercased(), "v0=\(digits.uppercased())", "\(Published.signature), \(Published.signature)",
        "\(short)g",
        "\(short)\u{0660}", "\(short)\u{0}", "\(short.dropLast())é", "v0=" + String(repeating: " ", count: 64),
        String(repeating: "0", count: 67),
    ]

    @Test(arguments: malformed)
    func `a signature of another form is malformed`(text: String) throws {
        let verdict = try signature(Published.secret)
            .verify(timestamp: "\(Published.timestamp)", signature: text, body: Published.body, now: now)
        #expect(verdict == .malformed(header: "x-slack-signature"))
    }

    @Test(arguments: [
        "", " ", "1531420618 ", " 1531420618", "+1531420618", "-1531420618", "1531420618.0", "1.531e9", "0x5b476a0a",
        "1531420618, 1531420618", "1531420618,1531420618", "nan", "\u{0661}531420618", "1531420618\u{0}",
        "1531420618\n",
        "999999999999", "99999999999999999999999999",
    ])
    func `a timestamp of another form is malformed`(text: String) throws {
        let verdict = try signature(Published.secret)
            .verify(timestamp: text, signature: Published.signature, body: Published.body, now: now)
        #expect(verdict == .malformed(header: "x-slack-request-timestamp"))
    }

    @Test func `endless headers are malformed`() throws {
        let signature = try signature(Published.secret)
        let endless = String(repeating: "0", count: 1_000_000)
        #expect(
            signature.verify(timestamp: "\(Published.timestamp)", signature: endless, body: Published.body, now: now)
                == .malformed(header: "x-slack-signature"))
        #expect(
            signature.verify(timestamp: endless, signature: Published.signature, body: Published.body, now: now)
                == .malformed(header: "x-slack-request-timestamp"))
    }
}
