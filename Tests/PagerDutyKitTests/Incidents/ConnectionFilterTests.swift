import FoundationEssentials
import PagerDutyKit
import Testing

@testable import IncidentsPlugin

/// Which incidents a channel wants.
@Suite struct ConnectionFilterTests {
    private func incident(_ urgency: PagerDuty.Urgency?, _ priority: String?) throws -> PagerDuty.Incident {
        try Story.incident {
            $0.urgency = urgency
            $0.priority = priority.flatMap { PagerDuty.ID($0) }.map { PagerDuty.Reference(id: $0) }
        }
    }

    @Test(
        arguments: [
            (nil, PagerDuty.Urgency.high, true), (nil, .low, true), (.high, .high, true), (.high, .low, false),
            (.low, .high, false), (.low, .low, true),
        ] as [(PagerDuty.Urgency?, PagerDuty.Urgency, Bool)])
    func `urgency`(wanted: PagerDuty.Urgency?, has: PagerDuty.Urgency, expected: Bool) throws {
        #expect(try ConnectionFilter(urgency: wanted).wants(incident(has, nil)) == expected)
    }

    @Test func `priorities: any, none, some, and some or none`() throws {
        let p1 = try #require(PagerDuty.ID("P1"))
        func wanted(_ priorities: ConnectionFilter.Priorities) throws -> [Bool] {
            let filter = ConnectionFilter(priorities: priorities)
            return try [nil, "P1", "P2"].map { filter.wants(try incident(.high, $0)) }
        }
        #expect(try wanted(.any) == [true, true, true])
        #expect(try wanted(.none) == [true, false, false])
        #expect(try wanted(.some([p1], orNone: false)) == [false, true, false])
        #expect(try wanted(.some([p1], orNone: true)) == [true, true, false])
    }

    @Test func `that an incident was triggered is always told`() {
        var filter = ConnectionFilter(events: [.resolved])
        #expect(filter.events == [.triggered, .resolved])
        filter.events = []
        #expect(filter.events == [.triggered])
    }

    @Test func `every event that PagerDuty documents can be chosen`() {
        let offered = Set(ConnectionWords.events.map(\.kind))
        #expect(offered.union([.triggered]) == Set(PagerDuty.IncidentEvent.Kind.all))
    }
}
