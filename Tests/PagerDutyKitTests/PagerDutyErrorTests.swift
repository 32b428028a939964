import PagerDutyKit
import Testing

@Suite struct PagerDutyErrorTests {
    typealias Reason = PagerDutyError.Reason
    typealias Remedy = PagerDutyError.Remedy

    static func error(
        _ status: Int, _ body: String = "", actor: PagerDutyError.Actor = .person, isWrite: Bool = true,
        headers: [String: String] = [:]
    ) -> PagerDutyError {
        PagerDutyError(status: status, body: body.utf8, actor: actor, isWrite: isWrite) { headers[$0] }
    }

    @Test(arguments: [
        (401, #"{"error": {"message": "Unauthorized", "code": 2006}}"#, Reason.unauthenticated, Remedy.relink),
        (401, "", .unauthenticated, .relink),
        (
            402, #"{"error": {"message": "Account does not have the abilities", "code": 2014}}"#, .abilityMissing,
            .tellAdministrator
        ),
        (403, #"{"error": {"message": "Access Denied", "code": 2010}}"#, .forbidden, .tellPerson),
        (400, #"{"error": {"message": "Requester User Not Authorized", "code": 1018}}"#, .forbidden, .tellPerson),
        (404, #"{"error": {"message": "Not Found", "code": 2100}}"#, .notFound, .tellPerson),
        (429, #"{"error": {"message": "Rate Limit Exceeded", "code": 2020}}"#, .rateLimited, .retry),
        (429, "", .rateLimited, .retry),
        (400, #"{"error": {"message": "Incident Already Resolved", "code": 1001}}"#, .alreadyResolved, .tellPerson),
        (400, #"{"error": {"message": "x", "code": 1002}}"#, .alreadyAcknowledged, .tellPerson),
        (
            400,
            #"{"error": {"message": "Arguments Caused Error", "code": 2002, "errors": ["Open incident with matching dedup key already exists on this service"]}}"#,
            .duplicateIncident, .tellPerson
        ),
        (
            400,
            #"{"error": {"message": "Invalid Input Provided", "code": 2001, "errors": ["Email has already been taken"]}}"#,
            .duplicateUser, .tellPerson
        ),
        (
            400,
            #"{"error": {"message": "Invalid Input Provided", "code": 2001, "errors": ["License is not available"]}}"#,
            .noSeats, .tellAdministrator
        ),
        (
            400, #"{"error": {"message": "Invalid Input Provided", "code": 2001, "errors": ["Title can't be blank"]}}"#,
            .invalid, .tellPerson
        ),
        (400, #"{"error": {"code": 2001, "errors": ["incident_key is too long"]}}"#, .invalid, .tellPerson),
        (400, #"{"error": {"message": "Requester User Not Found", "code": 1008}}"#, .unauthenticated, .relink),
        (413, "", .tooLarge, .tellPerson),
        (500, "<html>", .broken, .inDoubt),
        (502, #"{"error": {"message": "Email has already been taken"}}"#, .broken, .inDoubt),
        (302, "", .unreadable, .inDoubt),
        (0, "", .unreadable, .inDoubt),
        (400, #"{"error": {"code": 987654}}"#, .invalid, .tellPerson),
    ])
    func `an answer tells what went wrong and what can be done`(
        status: Int, body: String, reason: Reason, remedy: Remedy
    ) {
        let error = Self.error(status, body)
        #expect(error.reason == reason)
        #expect(error.remedy == remedy)
        #expect(error.sentence.hasSuffix("."))
    }

    @Test func `what failed with the account's key is an administrator's to mend`() {
        #expect(Self.error(401, actor: .account, isWrite: false).remedy == .tellAdministrator)
        #expect(Self.error(403, actor: .account, isWrite: false).remedy == .tellAdministrator)
        #expect(Self.error(503, actor: .account, isWrite: false).remedy == .retry)
    }

    @Test func `a change that got no answer is in doubt, a question is asked again`() {
        #expect(PagerDutyError(.unreachable, actor: .person, isWrite: true).remedy == .inDoubt)
        #expect(PagerDutyError(.unreachable, actor: .person).remedy == .retry)
    }

    @Test func `every reason has a sentence for each of those it can happen to`() {
        for reason in Reason.allCases {
            for error in [
                PagerDutyError(reason, actor: .person, isWrite: true), PagerDutyError(reason, actor: .account),
            ] {
                #expect(error.sentence.utf8.count > 20, "\(reason)")
                #expect(error.sentence.hasSuffix("."), "\(reason)")
            }
        }
    }

    @Test(arguments: [
        "", "null", "[]", "7", "\u{0}", "{", #"{"error": null}"#, #"{"error": []}"#, #"{"error": {"errors": {}}}"#,
        #"{"error": {"code": "2001", "errors": [[1]]}}"#, #"{"error": {"code": 1e300}}"#, "<html>502</html>",
        String(repeating: "[", count: 60_000), #"{"error": {"errors": [null, 7, {"a": 1}]}}"#,
    ])
    func `a body that is no error of PagerDuty's leaves the status to decide`(body: String) {
        #expect(Self.error(400, body).reason == .invalid)
        #expect(Self.error(503, body).reason == .broken)
    }

    @Test func `what PagerDuty says is cut and comes as one plain line`() {
        let long = String(repeating: "a", count: 5_000)
        let error = Self.error(
            400, #"{"error": {"errors": ["a\nb\u0007\u202Ec", "\#(long)", "3", "4", "5", "6", "7"]}}"#)
        #expect(error.details.count == 5)
        #expect(error.details[0] == "abc")
        #expect(error.details[1].unicodeScalars.count == 200)
    }

    @Test func `errors come as a list, a sentence, or by field`() {
        #expect(Self.error(400, #"{"error": {"errors": "One"}}"#).details == ["One"])
        #expect(Self.error(400, #"{"error": {"errors": {"b": ["2"], "a": ["1"]}}}"#).details == ["1", "2"])
        #expect(Self.error(400, #"{"error": {"message": "Only this"}}"#).details == ["Only this"])
        #expect(Self.error(400, #"{"error": "Bare"}"#).details == ["Bare"])
    }

    @Test func `a log line holds no words from outside`() {
        let error = Self.error(400, #"{"error": {"code": 2001, "errors": ["secret words"]}}"#)
        #expect(error.description == "PagerDuty invalid (status 400, code 2001)")
    }

    @Test(arguments: [
        ("12", 12), (" 7", 7), ("0", 0), ("999999", 3600), ("-1", nil), ("+5", nil), ("1.5", nil), ("", nil),
        ("99999999999999999999999999", nil), ("٣", nil), ("soon", nil),
    ])
    func `the wait that a 429 asks for is a small whole number or nothing`(text: String, seconds: Int?) {
        #expect(Self.error(429, headers: ["ratelimit-reset": text]).retryAfter == seconds)
        #expect(Self.error(429, headers: ["retry-after": text]).retryAfter == seconds)
        #expect(Self.error(400, headers: ["ratelimit-reset": text]).retryAfter == nil)
    }

    @Test func `rate limits may be missing`() {
        #expect(RateLimit { _ in nil }.remaining == nil)
        let limit = RateLimit { ["ratelimit-limit": "960", "ratelimit-remaining": "957", "ratelimit-reset": "44"][$0] }
        #expect(limit.limit == 960)
        #expect(limit.remaining == 957)
        #expect(limit.secondsUntilReset == 44)
    }
}
