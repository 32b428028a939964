import FoundationEssentials
import PagerDutyKit
import PluginAPI
import PluginTestKit
import Synchronization
import Testing

@testable import IncidentsPlugin

/// From V2 extensions to connections.
@Suite struct MigrationTests {
    private static let slack = #"""
        {"id": "PEXT001", "name": "#incidents", "extension_schema": {"id": "PSCHEMA", "summary": "Slack V2"},
         "extension_objects": [{"id": "PSVC001", "summary": "Checkout"}, {"id": "PSVC002", "summary": "Search"}],
         "config": {"team_id": "T0ACME001", "incoming_webhook": {"channel": "#incidents", "channel_id": "C0INCIDNT", "url": "https://hooks.slack.com/x"},
           "notify_types": {"trigger": true, "resolve": true, "acknowledge": false, "assignments": true}, "urgency": {"high": true, "low": false}}}
        """#
    private static let ours = #"""
        {"id": "PEXT002", "name": "V2", "extension_schema": {"id": "PJFWPEP", "summary": "Generic V2 Webhook"},
         "endpoint_url": "https://bot.example.com/pagerduty/webhooks/v2/secret", "extension_objects": [{"id": "PSVC003", "summary": "Auth"}], "config": null}
        """#
    private static let others = #"""
        {"id": "PEXT003", "name": "Other", "endpoint_url": "https://example.com/hook", "extension_objects": [{"id": "PSVC004", "summary": "Web"}]},
        {"id": "PEXT004", "name": "Elsewhere", "extension_objects": [{"id": "PSVC004", "summary": "Web"}],
         "config": {"team_id": "T0OTHER01", "incoming_webhook": {"channel_id": "C9"}}}
        """#

    private func host(_ extensions: String, removing status: Int = 204) -> FakeHost {
        FakeHost { state in
            state.linked["U0ADA0001"] = LinkedAccount(userID: "PUSER01", name: "Ada Martin", email: "ada@acme.example")
            state.pagerDuty["GET /extensions"] = [.json(#"{"extensions": [\#(extensions)], "more": false}"#)]
            for id in ["PEXT001", "PEXT002"] {
                state.pagerDuty["DELETE /extensions/\(id)"] = [HTTPResponse(status: status)]
            }
            state.slack["conversations.info"] = [
                ["channel": ["id": "C0INCIDNT", "name": "incidents", "is_member": true]]
            ]
        }
    }

    @Test func `services come with their channel, events and urgency; extensions are removed by the person`()
        async throws
    {
        let host = host([Self.slack, Self.ours, Self.others].joined(separator: ","))
        let driver = PluginDriver(IncidentsPlugin.self, host)
        let list = try #require(await driver.command("migrate").ephemeralMessage)
        #expect(list.sent.contains("Checkout, Search, Auth"))
        #expect(!list.sent.contains("Web"))

        let told = try #require(await driver.action("migrate", .none).ephemeralMessage)
        #expect(told.text.source.contains("3 services are migrated"))
        #expect(
            host.writes.map(\.line) == [
                "U0ADA0001: DELETE /extensions/PEXT001", "U0ADA0001: DELETE /extensions/PEXT002",
            ])
        let connections = try host.values.values.filter { $0.key.hasPrefix(Connection.prefix) }
            .map { try JSONDecoder().decode(Connection.self, from: Data($0.bytes)) }
        #expect(Set(connections.map(\.source.name)) == ["Checkout", "Search"])
        #expect(connections.allSatisfy { $0.channel.id == "C0INCIDNT" && $0.filter.urgency == .high })
        #expect(connections.first?.filter.events == [.triggered, .reassigned, .delegated, .resolved, .reopened])
    }

    @Test func `what PagerDuty does not let the person do stays, and they are told why`() async throws {
        let host = host(Self.ours, removing: 403)
        let told = try #require(
            await PluginDriver(IncidentsPlugin.self, host).action("migrate", .none).ephemeralMessage)
        #expect(told.text.source.contains("stays as it is"))
        #expect(told.text.source.contains("role"))
    }

    @Test func `with nothing to migrate it says so`() async throws {
        let told = try await PluginDriver(IncidentsPlugin.self, host(Self.others)).command("migrate").ephemeralMessage
        #expect(told?.text.source == "No service reaches this workspace by a V2 extension.")
    }

    @Test func `who has not linked an account is asked to`() async throws {
        let host = host(Self.ours)
        host.state.withLock { $0.linked = [:] }
        await #expect(throws: AccountError.notLinked(provider: "pagerduty")) {
            try await PluginDriver(IncidentsPlugin.self, host).command("migrate")
        }
    }
}
