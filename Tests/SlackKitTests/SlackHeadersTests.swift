import FoundationEssentials
import HTTPTypes
import SlackKit
import Testing

@Suite struct `The header fields of a request` {
    private func headers(_ fields: [(String, String)]) throws -> SlackHeaders {
        var all = HTTPFields()
        for (name, value) in fields { all.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value)) }
        return SlackHeaders(all)
    }

    @Test func `are found whatever their capitals`() throws {
        let found = try headers([
            ("X-Slack-Signature", "v0=ab"), ("x-slack-request-timestamp", "1"), ("Content-Type", "application/json"),
            ("X-Slack-Retry-Num", "2"), ("X-Slack-Retry-Reason", "http_timeout"), ("Accept", "*/*"),
        ])
        #expect(found.signature == "v0=ab")
        #expect(found.timestamp == "1")
        #expect(found.contentType == "application/json")
        #expect(found.retryNumber == 2)
        #expect(found.retryReason == "http_timeout")
    }

    @Test func `are nil where they are missing`() throws {
        let none = try headers([])
        #expect(none.signature == nil)
        #expect(none.timestamp == nil)
        #expect(none.contentType == nil)
        #expect(none.retryNumber == nil)
        #expect(none.retryReason == nil)
    }

    @Test func `decide about the signature, and one that is there twice does not count`() throws {
        let signature = try #require(SlackSignature(secrets: [Published.secret]))
        let now = Date(timeIntervalSince1970: Double(Published.timestamp))
        let time = ("X-Slack-Request-Timestamp", "\(Published.timestamp)")
        let sign = ("X-Slack-Signature", Published.signature)
        func verdict(_ fields: [(String, String)]) throws -> SlackSignature.Verdict {
            let headers = try headers(fields)
            return Published.body.withUnsafeBytes { signature.verify(headers, body: $0, now: now) }
        }
        #expect(try verdict([time, sign]) == .valid)
        #expect(try verdict([time, sign, sign]) == .malformed(header: "x-slack-signature"))
        #expect(try verdict([time, time, sign]) == .malformed(header: "x-slack-request-timestamp"))
        #expect(try verdict([sign]) == .missing(header: "x-slack-request-timestamp"))
    }

    @Test(arguments: ["0", "-1", "100", "x", "", "9999999999999999999999"])
    func `with an odd number of redeliveries have none`(value: String) throws {
        #expect(try headers([("X-Slack-Retry-Num", value)]).retryNumber == nil)
    }

    @Test func `with an odd reason have another one`() throws {
        #expect(try headers([("X-Slack-Retry-Reason", "<b>")]).retryReason == "other")
    }
}
