import FoundationEssentials
import PagerDutyKit
import PluginAPI
import PluginTestKit
import Synchronization
import Testing

@testable import IncidentsPlugin

/// What becomes of what PagerDuty tells.
@Suite struct IncidentDeskTests {
    private let host = FakeHost { state in
        state.now = Story.start.addingTimeInterval(2)
        state.pagerDuty["GET /incidents/PINC001"] = [Self.answer("acknowledged")]
        state.pagerDuty["GET /incidents/PINC001/alerts"] = [
            .json(#"{"alerts": [{"id": "PALERT1", "severity": "critical", "body": {"details": {"host": "web-3"}}}]}"#)
        ]
        state.pagerDuty["GET /oncalls"] = [
            .json(
                #"{"oncalls": [{"escalation_level": 2, "user": {"id": "PUSER01", "name": "Ada Martin"}, "escalation_policy": {"id": "PPOL001"}}]}"#
            )
        ]
    }

    private static func answer(_ status: String) -> HTTPResponse {
        let incident = V3Body.incident.replacing("\"triggered\"", with: "\"\(status)\"")
            .replacing("\"created_at\"", with: "\"updated_at\": \"2026-01-05T15:00:01Z\", \"created_at\"")
        return .json("{\"incident\": \(incident)}")
    }

    private var driver: PluginDriver<IncidentsPlugin> { PluginDriver(IncidentsPlugin.self, host) }
    private var keys: [String] { host.shown.map { "\($0.channel)/\($0.key)" } }

    /// Channels that follow the service.
    private func connect(_ channels: String..., audience: IncidentRecord.Audience = .responders) throws {
        let service = try #require(PagerDuty.ID("PSVC001"))
        for channel in channels {
            let connection = try #require(
                Connection(
                    Connection.Source(kind: .service, id: service, name: "Checkout"),
                    to: Connection.Place(id: channel, name: channel), in: Workspace(id: "T0ACME001"),
                    audience: audience, by: Person(id: "U0ADA0001", teamID: "T0ACME001"), at: Story.start))
            let bytes = try [UInt8](JSONEncoder().encode(connection))
            host.state.withLock {
                $0.values[connection.key] = StoredValue(key: connection.key, bytes: bytes, version: 1)
            }
        }
    }

    private func deliver(
        _ kind: String, id: String = "01EVENT", at: String = "2026-01-05T15:00:00.250Z", data: String = V3Body.incident
    )
        async throws
    {
        try await driver.deliver(
            V3Body.event("incident.\(kind)", data: data, id: id, at: at), from: PagerDutyV3Source.name, id: id)
    }

    @Test func `a new incident is shown at once, without asking PagerDuty`() async throws {
        try connect("C1", "C2")
        try await deliver("triggered")
        #expect(keys == ["C1/incident/PINC001", "C2/incident/PINC001"])
        #expect(host.asked.isEmpty)
    }

    @Test func `then what webhooks do not tell is looked up, and shown`() async throws {
        try connect("C1")
        try await deliver("triggered")
        let job = try #require(host.jobs.first)
        try await driver.perform(job)
        let sent = try #require(host.shown.last?.message.sent)
        #expect(sent.contains("> *host:* web-3"))
        #expect(sent.contains("Ada Martin · level 2"))
        #expect(sent.contains("*Acknowledged*"))
    }

    @Test func `what nothing follows is neither shown nor remembered`() async throws {
        try await deliver("triggered")
        #expect(host.shown.isEmpty)
        #expect(host.values.isEmpty)
    }

    @Test func `the first word of an incident that is not its beginning is checked`() async throws {
        try connect("C1")
        try await deliver("escalated")
        #expect(host.lines.first == "account: GET /incidents/PINC001")
        #expect(host.shown.last?.message.sent.contains("*Acknowledged*") == true)
    }

    @Test func `a note on an incident that nobody knows brings the incident`() async throws {
        try connect("C1")
        try await deliver("annotated", data: V3Body.part("incident_note", #""content": "Cold cache""#))
        #expect(keys == ["C1/incident/PINC001"])
    }

    @Test func `what was left out of an event is asked for`() async throws {
        try connect("C1")
        let abridged = V3Body.incident.replacing(#""number""#, with: #""details_omitted": true, "number""#)
        try await deliver("triggered", data: abridged)
        #expect(host.lines == ["account: GET /incidents/PINC001"])
    }

    @Test func `where PagerDuty does not answer, what is known is shown and it is asked again`() async throws {
        try connect("C1")
        host.state.withLock { $0.pagerDuty["GET /incidents/PINC001"] = [HTTPResponse(status: 503)] }
        try await deliver("escalated")
        #expect(host.shown.last?.message.sent.contains("*Triggered*") == true)
        #expect(host.jobs.contains { $0.kind == LookIntoIncident.kind && $0.delay > .zero })
    }

    @Test func `what is older than any delivery is a replay`() async throws {
        try connect("C1")
        host.state.withLock { $0.now = Story.start.addingTimeInterval(4 * 86_400) }
        try await deliver("resolved")
        #expect(host.shown.isEmpty)
        #expect(host.values.count == 1)
    }

    @Test func `what was over long before anybody here heard of it is no news`() async throws {
        try connect("C1")
        host.state.withLock {
            $0.now = Story.start.addingTimeInterval(7_200)
            $0.pagerDuty["GET /incidents/PINC001"] = [Self.answer("resolved")]
        }
        try await deliver("resolved")
        #expect(host.shown.isEmpty)
    }

    @Test func `the same event twice, or an older one, is shown no second time`() async throws {
        try connect("C1")
        try await deliver("triggered")
        try await deliver(
            "acknowledged", id: "02", at: "2026-01-05T15:00:10Z",
            data: V3Body.incident.replacing("\"triggered\"", with: "\"acknowledged\""))
        let told = host.shown.filter { $0.key.hasPrefix("update/") }.count
        let last = try #require(host.shown.last { $0.key == "incident/PINC001" }).message
        try await deliver(
            "acknowledged", id: "02", at: "2026-01-05T15:00:10Z",
            data: V3Body.incident.replacing("\"triggered\"", with: "\"acknowledged\""))
        try await deliver(
            "resolved", id: "00", at: "2026-01-05T15:00:05Z",
            data: V3Body.incident.replacing("\"triggered\"", with: "\"resolved\""))
        #expect(host.shown.filter { $0.key.hasPrefix("update/") }.count == told)
        #expect(host.shown.last { $0.key == "incident/PINC001" }?.message == last)
    }

    @Test(arguments: [(IncidentsSettings.Updates.thread, 1), (.channel, 1), (.silent, 0)])
    func `what follows is told, or not`(updates: IncidentsSettings.Updates, expected: Int) async throws {
        try connect("C1")
        var driver = driver
        driver.settings.updates = updates
        for (number, kind) in ["triggered", "acknowledged"].enumerated() {
            try await driver.deliver(
                V3Body.event("incident.\(kind)", id: "0\(number)", at: "2026-01-05T15:00:0\(number)Z"),
                from: PagerDutyV3Source.name)
        }
        #expect(host.shown.filter { $0.key.hasPrefix("update/") }.count == expected)
    }

    @Test func `V2 tells of the same incident; what V3 told is not told again`() async throws {
        try connect("C1")
        try await deliver("triggered")
        try await deliver("acknowledged", id: "02", at: "2026-01-05T15:00:10Z")
        let told = host.shown.filter { $0.key.hasPrefix("update/") }.count
        let incident = V3Body.incident.replacing("\"number\"", with: "\"incident_number\"")
        try await driver.deliver(
            #"{"id": "m1", "event": "incident.acknowledge", "created_on": "2026-01-05T15:00:11Z", "log_entries": [], "incident": \#(incident)}"#,
            from: PagerDutyV2Source.name)
        #expect(host.shown.filter { $0.key.hasPrefix("update/") }.count == told)
    }

    @Test func `of what cannot be read, the incident is asked for`() async throws {
        try connect("C1", "C2")
        let salvaged = #"{"salvaged": true, "id": "PINC001", "number": 4711}"#
        try await driver.deliver(salvaged, from: PagerDutyV3Source.name)
        #expect(keys == ["C1/incident/PINC001", "C2/incident/PINC001"])
    }

    @Test func `where it cannot be asked for either, every channel hears that there is something`() async throws {
        try connect("C1", "C2")
        host.state.withLock { $0.pagerDuty["GET /incidents/4711"] = [HTTPResponse(status: 503)] }
        try await driver.deliver(#"{"salvaged": true, "number": 4711}"#, from: PagerDutyV3Source.name)
        #expect(keys == ["C1/salvaged/#4711", "C2/salvaged/#4711"])
        #expect(host.shown.first?.message.text.source.contains("*#4711*") == true)
    }

    @Test func `whoever connected a channel hears once that the app was removed from it`() async throws {
        try connect("C1")
        host.state.withLock {
            $0.slack["conversations.info"] = [["channel": ["id": "C1", "name": "c1", "is_member": false]]]
        }
        for _ in 0..<3 { try await driver.event("channel_left", ["channel": "C1"]) }
        try await driver.tick("presence")
        #expect(host.shown.map(\.channel) == ["U0ADA0001"])
        try await driver.event("channel_left", ["channel": "C9"])
        try await driver.event("member_left_channel", ["channel": "C1", "user": "U0BEN0001"])
        #expect(host.shown.count == 1)
        host.state.withLock {
            $0.slack["conversations.info"] = [["channel": ["id": "C1", "name": "c1", "is_member": true]]]
        }
        try await driver.tick("presence")
        #expect(host.values.keys.filter { $0.hasPrefix("absent/") }.isEmpty)
    }

    @Test func `a channel that strangers came into is shown no more, until it is theirs no longer`() async throws {
        try connect("C1", "C2")
        func look(isShared: Bool) async throws {
            host.state.withLock {
                $0.slack["conversations.info"] = [
                    ["channel": ["id": "C1", "name": "c1", "is_member": true, "is_ext_shared": .bool(isShared)]]
                ]
            }
            try await driver.event(isShared ? "channel_shared" : "channel_unshared", ["channel": "C1"])
        }
        try await look(isShared: true)
        #expect(host.shown.map(\.channel) == ["U0ADA0001"])
        try await deliver("triggered")
        #expect(host.shown.map(\.channel) == ["U0ADA0001", "C2"])
        try await look(isShared: false)
        try await deliver("acknowledged", id: "02", at: "2026-01-05T15:00:10Z")
        #expect(host.shown.map(\.channel).contains("C1"))
    }
}
