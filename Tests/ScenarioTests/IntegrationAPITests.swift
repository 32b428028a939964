import AsyncHTTPClient
import BotHost
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

/// Connections as programs manage them, and what people see of it.
@Suite struct IntegrationAPITests {
    private static let connection: JSON = [
        "slack_connection": [
            "source_id": "PSVCHK1", "source_type": "service_reference", "channel_id": "C0INCIDNT",
            "notification_type": "responder",
            "config": ["events": ["incident.triggered", "incident.resolved"], "urgency": nil, "priorities": nil],
        ]
    ]

    @Test func `a program connects a channel, and its incidents show up there`() async throws {
        try await Stage.set { stage in
            let token = try await stage.apiToken()
            let made = try await stage.asksIntegration(
                .POST, "workspaces/T0ACME001/connections", Self.connection, token: token)
            #expect(made.status == 201)
            #expect(made.json["slack_connection"]?["source_name"]?.string == "Checkout")
            try await stage.ada.sees("A PagerDuty integration has been added", in: .incidents)

            _ = try stage.triggers("Carts are slow")
            try await stage.ada.sees("Carts are slow", in: .incidents)

            let id = try #require(made.json["slack_connection"]?["id"]?.string)
            let path = "workspaces/T0ACME001/connections/\(id)"
            #expect(try await stage.asksIntegration(.DELETE, path, token: token).status == 204)
            #expect(try await stage.asksIntegration(.GET, path, token: token).status == 404)
        }
    }

    @Test func `each workspace has its own, and one that is not installed has none`() async throws {
        try await Stage.set { stage in
            let token = try await stage.apiToken()
            for (team, status) in [("T0ACME001", 200), ("T0GLOBEX1", 200), ("T0NOWHERE", 404)] {
                let path = "workspaces/\(team)/connections"
                #expect(try await stage.asksIntegration(.GET, path, token: token).status == status)
            }
            let nobody = try await stage.asksIntegration(.GET, "workspaces/T0ACME001/connections", token: "bht_x_y")
            #expect(nobody.status == 401)
            #expect(nobody.json["error"]?["message"]?.string == "Unauthorized")
        }
    }
}
