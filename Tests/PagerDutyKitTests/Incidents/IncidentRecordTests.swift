import FoundationEssentials
import PagerDutyKit
import PluginAPI
import PluginTestKit
import Testing

@testable import IncidentsPlugin

/// What is known of an incident only grows newer.
@Suite struct IncidentRecordTests {
    private func record(_ events: [PagerDuty.IncidentEvent]) throws -> IncidentRecord {
        var record = IncidentRecord(id: try Story.incident().id)
        for event in events { record.take(event) }
        return record
    }

    private func sent(_ record: IncidentRecord) -> String? {
        IncidentMessage(record, for: .responders)?.message.sent
    }

    @Test func `all 720 orders of six events, with duplicates, end in the same message`() throws {
        let six = try Story.six()
        let expected = try #require(sent(record(six)))
        #expect(expected.contains("Resolved"))
        #expect(expected.contains("We are on it"))
        var messages: Set<String> = []
        for (index, order) in six.orders.enumerated() {
            // One of them comes again at once, another one at the very end.
            var events = order
            events.insert(order[index % 6], at: (index % 6) + 1)
            events.append(order[(index / 6) % 6])
            messages.insert(try #require(sent(record(events))))
        }
        #expect(messages == [expected])
    }

    @Test func `an old “resolved” that is played again changes nothing`() throws {
        let resolved = try Story.event(.resolved, 1, incident: Story.incident(.resolved))
        let reopened = try Story.event(.reopened, 9, incident: Story.incident())
        let before = try record([Story.six()[0], resolved, reopened])
        var after = before
        after.take(resolved)
        #expect(after == before)
        #expect(after.shown?.status == .triggered)
        let isPast = before.isPast(resolved)
        #expect(isPast)
    }

    @Test func `an answer of PagerDuty counts where it is newer, or nothing was learned since it was asked for`() throws
    {
        let acknowledged = try Story.event(.acknowledged, 5, incident: Story.incident(.acknowledged))
        let base = try record([Story.six()[0], acknowledged])
        func after(_ status: PagerDuty.Incident.Status, _ seconds: Double, base asked: Date?) throws -> IncidentRecord {
            var record = base
            let answer = try Story.incident(status) { $0.updatedAt = Story.start.addingTimeInterval(seconds) }
            record.take(answer: answer, base: asked)
            return record
        }
        #expect(try after(.resolved, 9, base: nil).shown?.status == .resolved)
        #expect(try after(.resolved, 5, base: base.incident?.at).shown?.status == .resolved)
        // Asked before the acknowledgement was known, answered for the time before it.
        #expect(try after(.triggered, 4, base: Story.start).shown?.status == .acknowledged)
        #expect(try after(.triggered, 5, base: Story.start).shown?.status == .acknowledged)
        #expect(try after(.triggered, 4, base: base.incident?.at).shown?.status == .acknowledged)
    }

    @Test func `a bridge that was told apart from the incident counts until the incident is seen later`() throws {
        let link = PagerDuty.WebLink("https://meet.example.com/new")
        let bridge = try Story.event(
            .conferenceBridgeUpdated, 3, incident: nil, subject: .conferenceBridge(number: nil, link: link))
        #expect(try record([Story.six()[0], bridge]).shown?.conferenceLink == link)
        let later = try Story.event(.acknowledged, 4, incident: Story.incident(.acknowledged))
        #expect(
            try record([later, Story.six()[0], bridge]).shown?.conferenceLink?.address
                == "https://meet.example.com/4711")
    }

    @Test func `a record survives being stored, to the same message`() throws {
        let record = try record(Story.six())
        let read = try JSONDecoder().decode(IncidentRecord.self, from: JSONEncoder().encode(record))
        #expect(read == record)
        #expect(sent(read) == sent(record))
    }

    @Test func `no more than the latest events are remembered as told`() throws {
        var record = try record([])
        for index in 0..<500 { record.tell("E\(index)") }
        #expect(record.told.count == IncidentRecord.mostTold)
        #expect(record.told.last == "E499")
    }

    private func note(_ second: Int, _ id: String) throws -> PagerDuty.IncidentEvent {
        try Story.event(.annotated, second, incident: nil, subject: .note("Looking at it"), id: id)
    }

    @Test func `two notes in a second are two things, whichever way each of them comes first`() throws {
        let (first, second) = (try note(2, "01EA"), try note(3, "01EB"))
        let (logged, loggedLater) = (try note(2, "log-A"), try note(3, "log-B"))
        #expect(try record([logged]).isTwin(logged) == false)
        #expect(try record([logged]).isTwin(first))
        #expect(try record([logged, first]).isTwin(second) == false)
        #expect(try record([logged, loggedLater, first]).isTwin(second))
        #expect(try record([first, logged]).isTwin(loggedLater) == false)
        #expect(try record([first, second, logged]).isTwin(loggedLater))
    }

    @Test func `what was taken in and not shown before the process ended is still to be done`() throws {
        let logged = try note(2, "log-A")
        var record = try record([logged])
        let before = record.isDone(with: logged)
        #expect(!before)
        record.tell(logged.id)
        let after = record.isDone(with: logged)
        #expect(after)
    }
}
