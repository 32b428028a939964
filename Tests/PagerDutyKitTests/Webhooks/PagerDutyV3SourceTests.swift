import FoundationEssentials
import PagerDutyKit
import PluginAPI
import Testing

/// Who may tell the host something, and what it makes of it.
@Suite struct PagerDutyV3SourceTests {
    private let source = PagerDutyV3Source()
    private let triggered = SignedDelivery(V3Body.event("incident.triggered"))

    @Test func `a signed event is taken under its own id, in its incident's order`() {
        #expect(
            triggered.verdict()
                == .genuine([DeliveredEvent(id: "01EVENT", orderKey: "PINC001", body: triggered.body)]))
    }

    @Test func `the code is HMAC-SHA256, by the example of RFC 4231`() {
        let request = RawDelivery(
            headers: [
                (
                    "x-pagerduty-signature",
                    "v1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
                )
            ], body: Array("what do ya want for nothing?".utf8))
        // It is no event, but it is genuine.
        #expect(source.read(request, secrets: ["Jefe"]) == .unreadable(reason: "it is no JSON"))
        #expect(source.read(request, secrets: ["Jeff"]) == .forged)
    }

    @Test func `while a secret is changed, either one proves it`() {
        var delivery = triggered
        delivery.secrets = ["old", "new"]
        #expect(delivery.verdict(knowing: ["new"]) != .forged)
        #expect(delivery.verdict(knowing: ["other", "old"]) != .forged)
        #expect(delivery.verdict(knowing: ["other"]) == .forged)
        #expect(delivery.verdict(knowing: []) == .forged)
        #expect(delivery.verdict(knowing: [""]) == .forged)
    }

    private static let zeros = "0".repeated(64)
    private static let unproved: [[String]] = [
        [], [""], ["v1="], ["v0=HEX"], ["HEX"], ["v1=HEX0"], ["v1= HEX"], ["v1:HEX"], ["v1=gHEX"], ["v1=\(zeros)"],
        ["v1=HEX;v1=HEX"], ["v1=éé"], ["V1=HEX"], ["v1=\(zeros),".repeated(64) + "v1=HEX"], ["v1=HEX".repeated(200)],
    ]

    @Test(arguments: unproved)
    func `what is not signed as it should be is forged`(values: [String]) {
        let hex = String(SignedDelivery.signature(triggered.body, "s3cret").dropFirst(3))
        let headers = values.map { ("x-pagerduty-signature", $0.replacing("HEX", with: hex)) }
        let request = RawDelivery(headers: headers.map { (name: $0.0, value: $0.1) }, body: triggered.body)
        #expect(source.read(request, secrets: ["s3cret"]) == .forged)
    }

    @Test(arguments: [
        "v1=HEX", "v1=HEX,v1=\(zeros)", "v1=\(zeros), v1=HEX", "v2=abc,v1=HEX", "v1=HEX ", "v1=UPPER",
    ])
    func `one good signature among others is enough`(value: String) {
        let hex = String(SignedDelivery.signature(triggered.body, "s3cret").dropFirst(3))
        let header = value.replacing("HEX", with: hex).replacing("UPPER", with: hex.uppercased())
        let request = RawDelivery(headers: [("x-pagerduty-signature", header)], body: triggered.body)
        #expect(source.read(request, secrets: ["s3cret"]) != .forged)
    }

    @Test func `a body of which one bit was changed is forged`() {
        for index in stride(from: 0, to: triggered.body.count, by: 37) {
            var body = triggered.body
            body[index] ^= 1
            let request = RawDelivery(headers: triggered.request.headers, body: body)
            #expect(source.read(request, secrets: ["s3cret"]) == .forged)
        }
    }

    private static let unreadable: [String] = [
        "", "null", "[]", "7", "{}", #"{"event": null}"#, #"{"event": {}}"#, #"{"event": {"id": "E"}}"#,
        "\u{FEFF}{}", "[".repeated(100_000),
        V3Body.event("incident.triggered", data: "null"), V3Body.event("incident.triggered", data: "{}"),
        V3Body.event("incident.triggered", data: #"{"type": "incident"}"#),
        V3Body.event("incident.triggered", data: #"{"type": "incident", "id": "../users"}"#),
        V3Body.event("incident.triggered", data: #"{"type": "incident_note", "content": "x"}"#),
        V3Body.event("incident.triggered", at: "yesterday"),
        V3Body.event("incident.triggered", at: "99999-01-01T00:00:00Z"),
        V3Body.event("incident.triggered", id: ""), V3Body.event("incident.triggered", id: "E".repeated(129)),
    ]

    @Test(arguments: unreadable)
    func `what is signed and cannot be read is kept, never refused`(body: String) {
        guard case .unreadable = SignedDelivery(body).verdict() else {
            Issue.record("\(SignedDelivery(body).verdict())")
            return
        }
    }

    @Test(arguments: ["pagey.ping", "service.updated", "service.custom_field_values.updated", "schedule.changed"])
    func `what is about something else than an incident is genuine and nothing to act on`(type: String) {
        let body = V3Body.event(type, data: #"{"type": "ping", "message": "Hello from your friend Pagey!"}"#)
        #expect(SignedDelivery(body).verdict() == .genuine([]))
    }

    @Test func `an event of a kind that PagerDuty adds tomorrow is taken`() {
        let body = V3Body.event("incident.something.new", data: V3Body.part("incident_something", #""x": 1"#))
        guard case .genuine(let events) = SignedDelivery(body).verdict() else {
            Issue.record("not genuine")
            return
        }
        #expect(events.map(\.orderKey) == ["PINC001"])
    }
}

extension String {
    func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
