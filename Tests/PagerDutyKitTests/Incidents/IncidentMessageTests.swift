import FoundationEssentials
import PagerDutyKit
import PluginAPI
import PluginTestKit
import Testing

@testable import IncidentsPlugin

/// What a channel shows of an incident.
@Suite struct IncidentMessageTests {
    private func message(
        _ incident: PagerDuty.Incident, for audience: IncidentRecord.Audience = .responders, people: People = People(),
        _ change: (inout IncidentRecord) -> Void = { _ in }
    ) throws -> Message {
        var record = IncidentRecord(id: incident.id)
        record.take(try Story.event(.triggered, 0, incident: incident))
        change(&record)
        return try #require(IncidentMessage(record, for: audience, people: people)).message
    }

    @Test func `one glance: what, how bad, who has it, since when`() throws {
        let sent = try message(Story.incident()) { $0.background = IncidentBackground(level: 2) }.sent
        for words in [
            "*Triggered*", "<https://acme.pagerduty.com/incidents/PINC001|#4711 Checkout answers slowly>",
            "<https://acme.pagerduty.com/services/PSVC001|Checkout>", "High", "P1", "Ada Martin · level 2",
            "<!date^1767625170^", "<https://meet.example.com/4711>", "Triggered by Ben Okafor",
        ] {
            #expect(sent.contains(words), "\(words) is missing in \(sent)")
        }
    }

    @Test func `linked people are mentioned, in the part that notifies nobody`() throws {
        let ada = try #require(PagerDuty.ID("PUSER01"))
        let message = try message(Story.incident(), people: People(linked: [ada: "U0ADA0001"]))
        #expect(message.sent.contains("<@U0ADA0001>"))
        #expect(!message.text.source.contains("<@"))
        #expect(message.bar != nil)
    }

    @Test(arguments: [
        (PagerDuty.Incident.Status.triggered, PagerDuty.Urgency.high, ["Acknowledge", "Resolve"]),
        (.triggered, .low, ["Acknowledge", "Resolve"]), (.acknowledged, .high, ["Resolve"]), (.resolved, .high, []),
    ])
    func `only the buttons that make sense`(
        status: PagerDuty.Incident.Status, urgency: PagerDuty.Urgency, buttons: [String]
    ) throws {
        let incident = try Story.incident(status) { $0.urgency = urgency }
        let sent = try message(incident).sent
        for button in ["Acknowledge", "Resolve"] {
            #expect(sent.contains(#""text":"\#(button)""#) == buttons.contains(button))
        }
        let entries = IncidentControls.entries(for: incident)
        #expect(entries.contains(.escalate) == (status != .resolved && urgency == .high))
        #expect(entries.contains(.snooze) == (status == .acknowledged))
        #expect(entries.contains(.reopen) == (status == .resolved))
    }

    @Test func `stakeholders see what is going on, and nothing to press`() throws {
        let facts = AlertFacts(summary: "p99 is 4 s", severity: "critical")
        let message = try message(Story.incident(), for: .stakeholders) {
            $0.background = IncidentBackground(facts: facts)
        }
        #expect(message.sent.contains("Checkout answers slowly"))
        #expect(!message.sent.contains(#""type":"actions""#))
        #expect(!message.sent.contains("p99"))
    }

    @Test func `a merged incident points to where it goes on`() throws {
        let target = try #require(PagerDuty.ID("PINC002"))
        let message = try message(
            Story.incident(.resolved) {
                $0.mergedInto = PagerDuty.Reference(
                    id: target, summary: "[#12] All of checkout",
                    link: PagerDuty.WebLink("https://acme.pagerduty.com/incidents/PINC002"))
            })
        #expect(message.text.source.contains("Merged"))
        #expect(message.sent.contains("<https://acme.pagerduty.com/incidents/PINC002|[#12] All of checkout>"))
        #expect(!message.sent.contains("Reopen"))
    }

    @Test func `what an alert says is quoted, its runbook shown by its whole address`() throws {
        let alert = try JSONDecoder().decode(
            PagerDuty.Alert.self,
            from: Data(
                #"""
                {"id": "PALERT1", "summary": "p99 above 2 s", "severity": "critical", "body": {"type": "alert_body",
                 "details": {"p99_ms": 2431, "host": "web-3", "nested": {"a": 1}, "runbook_url": "https://wiki.example.com/checkout"}}}
                """#.utf8))
        let sent = try message(Story.incident()) { $0.background = IncidentBackground(facts: AlertFacts(alert)) }.sent
        #expect(sent.contains("> *host:* web-3"))
        #expect(sent.contains("> *p99_ms:* 2431"))
        #expect(sent.contains("Runbook <https://wiki.example.com/checkout>"))
        #expect(!sent.contains("nested"))
    }

    /// Text with which somebody could try to make a message say something else.
    static let hostile = [
        "<!channel> <@U0ADA0001> <https://evil.example|PagerDuty>", "x|y>z<", "&lt;!here&gt;", "@here #general",
        "\u{202E}moc.live", "a\u{0}b\r\nc\u{2028}d", "*bold* _it_ ~s~ `c` > q", String(repeating: "<", count: 40_000),
        String(repeating: "👩‍👩‍👧‍👦", count: 5_000), "", " ", "<\u{338}!channel>", "https://evil.example/<!channel>",
    ]

    @Test(arguments: hostile)
    func `no text from outside becomes a mention, a link, or too much for Slack`(text: String) throws {
        let id = try #require(PagerDuty.ID("PX"))
        let other = PagerDuty.Reference(id: id, summary: text)
        let incident = try Story.incident(.acknowledged) {
            $0.title = text
            $0.details = text
            $0.service = other
            $0.priority = other
            $0.type = text
            $0.assignees = Array(repeating: other, count: 60)
            $0.conferenceNumber = text
            $0.mergedInto = nil
            $0.link = nil
            $0.conferenceLink = nil
        }
        for audience in [IncidentRecord.Audience.responders, .stakeholders] {
            let message = try message(incident, for: audience) {
                $0.statusUpdate = Stamped(text, at: Story.start, source: "E")
                $0.background = IncidentBackground(
                    facts: AlertFacts(
                        summary: text, severity: text,
                        details: (0..<12).map { AlertFacts.Detail(name: "\($0) \(text)", value: text) }))
            }
            #expect(message.validate(idPrefix: "incidents:").isEmpty)
            expectNoMarkup(message)
        }
        for subject: PagerDuty.IncidentEvent.Subject in [
            .note(text), .statusUpdate(text), .responder(other, policy: other, state: text, message: text),
            .role(text, assignee: other), .task(text, status: text), .workflow(text), .action(text, state: text),
            .conferenceBridge(number: text, link: nil), .customFields([.init(name: text, value: text)]),
        ] {
            let event = try Story.event(.annotated, 1, incident: nil, subject: subject)
            let update = IncidentUpdate(event).message
            #expect(update.validate(idPrefix: "incidents:").isEmpty)
            expectNoMarkup(update)
        }
    }

    /// Whatever stands in brackets is a time that we made.
    private func expectNoMarkup(_ message: Message) {
        let sent = message.sent
        for (index, mark) in zip(sent.unicodeScalars.indices, sent.unicodeScalars) where mark == "<" {
            #expect(sent[index...].hasPrefix("<!date^"), "\(sent[index...].prefix(60))")
        }
    }
}
