import Testing

@testable import Sandbox

/// Menus whose choices are looked up while a person types.
struct OptionsTests {
    @Test func `services are offered while a person types`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd oncall")
            try await stage.ada.sees("Who is on call?")
            let matching = try await stage.ada.isOffered("Choose a service", typing: "pay", in: .general)
            #expect(matching == ["Payments API"])
            let all = try await stage.ada.isOffered("Choose a service", typing: "", in: .general)
            #expect(all.count == 14)
            #expect(try await stage.ada.isOffered("Choose a service", typing: "zzz", in: .general).isEmpty)
        }
    }

    @Test func `people who take incidents are offered`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger")
            try await stage.ada.seesForm("Trigger an incident")
            #expect(try await stage.ada.isOffered("Assign to", typing: "gra") == ["Grace Lee"])
            #expect(
                try await stage.ada.isOffered("Assign to", typing: "nora").isEmpty, "a stakeholder takes no incidents")
        }
    }

    @Test func `more than Slack shows is cut, not refused`() async throws {
        try await Stage.set { stage in
            stage.pagerDuty.change { account in
                for number in 1...150 {
                    var service = account.services[0]
                    service.id = "PBULK\(number)"
                    service.name = "Bulk \(number)"
                    account.services.append(service)
                }
            }
            try await stage.ada.types("/pd oncall")
            #expect(try await stage.ada.isOffered("Choose a service", typing: "bulk", in: .general).count <= 100)
            #expect(try await !stage.ada.isOffered("Choose a service", typing: "bulk 15", in: .general).isEmpty)
        }
    }

    @Test func `a menu is empty where PagerDuty fails, and works again afterwards`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd oncall")
            stage.breaks(.pagerduty, .error(code: "500"), only: "GET /services")
            #expect(try await stage.ada.isOffered("Choose a service", typing: "pay", in: .general).isEmpty)
            stage.mends()
            #expect(try await stage.ada.isOffered("Choose a service", typing: "pay", in: .general) == ["Payments API"])
        }
    }

    @Test func `a menu whose choices come too late is answered in time`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            try await stage.ada.types("/pd form")
            try await stage.ada.seesForm("Probe 1")
            async let offered = stage.ada.isOffered("Colour", typing: gate.name)
            try await stage.letTimePass(until: "the answer") {
                stage.sandbox.journal.entries().first { $0.kind == "block_suggestion" }
            }
            let choices = try await offered
            #expect(choices.isEmpty)
            gate.open()
        }
    }

    @Test func `teams and time zones are offered`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd insights")
            try await stage.ada.seesForm("Insights")
            #expect(try await stage.ada.isOffered("Which teams need to be included?", typing: "pl") == ["Platform"])
            #expect(try await stage.ada.isOffered("Time zone", typing: "new york") == ["America/New_York"])
        }
    }
}
