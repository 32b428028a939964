import FoundationEssentials
import PagerDutyKit
import PluginAPI
import PluginTestKit
import Synchronization
import Testing

@testable import IncidentsPlugin

/// The Integration API, as PagerDuty's own clients know it.
@Suite struct ConnectionsAPITests {
    private let host = FakeHost { state in
        state.pagerDuty["GET /services/PSVC001"] = [
            .json(#"{"service": {"id": "PSVC001", "name": "Checkout", "status": "active"}}"#)
        ]
        state.pagerDuty["GET /teams/PTEAM01"] = [.json(#"{"team": {"id": "PTEAM01", "name": "Payments"}}"#)]
        state.pagerDuty["GET /services/PGONE01"] = [
            .json(#"{"error": {"message": "Not Found", "code": 2100}}"#, status: 404)
        ]
        state.pagerDuty["GET /priorities"] = [.json(#"{"priorities": [{"id": "PPRIO01", "name": "P1"}]}"#)]
        state.slack["conversations.info"] = [
            ["channel": ["id": "C0INCIDNT", "name": "incidents", "is_member": true, "is_private": false]]
        ]
    }

    private func call(
        _ method: WebMethod, _ id: String = "", workspace: String = "T0ACME001", query: [String: String] = [:],
        body: String = ""
    ) async throws -> WebResponse {
        try await PluginDriver(IncidentsPlugin.self, host).web(
            method, "workspaces/\(workspace)/connections/\(id)", query: query.map { ($0.key, $0.value) }, body: body)
    }

    private static func connection(
        source: String = #""source_id": "PSVC001", "source_type": "service_reference""#,
        config: String =
            #"{"events": ["incident.triggered", "incident.resolved"], "urgency": "high", "priorities": ["PPRIO01", "no_priority"]}"#,
        more: String = ""
    ) -> String {
        #"{"slack_connection": {\#(source), "channel_id": "C0INCIDNT", "config": \#(config)\#(more)}}"#
    }

    @Test func `a connection is made, read, changed and removed`() async throws {
        let made = try await call(.post, body: Self.connection())
        #expect(made.status == 201)
        let connection = made.json["slack_connection"]
        #expect(connection["source_name"] == "Checkout")
        #expect(connection["channel_name"] == "incidents")
        #expect(connection["notification_type"] == "responder")
        #expect(connection["config"]["urgency"] == "high")
        #expect(connection["config"]["priorities"] == ["PPRIO01", "no_priority"])
        let id = try #require(connection["id"].string)
        #expect(host.shown.map(\.channel) == ["C0INCIDNT"])

        #expect(try await call(.get, id).json == ["slack_connection": connection])

        let changed = try await call(
            .put, id,
            body: Self.connection(
                source: #""source_id": "PTEAM01", "source_type": "team_reference""#,
                config: #"{"events": ["incident.triggered"], "urgency": null, "priorities": []}"#,
                more: #", "notification_type": "stakeholder""#))
        #expect(changed.status == 200)
        #expect(changed.json["slack_connection"]["id"].string == id)
        #expect(changed.json["slack_connection"]["source_name"] == "Payments")
        #expect(changed.json["slack_connection"]["notification_type"] == "stakeholder")
        #expect(changed.json["slack_connection"]["config"]["priorities"] == [])
        #expect(try await call(.get).json["total"] == 1)

        #expect(try await call(.delete, id) == .noContent)
        #expect(try await call(.get, id) == .notFound)
        #expect(try await call(.delete, id) == .notFound)
    }

    private static let priorities: [(String, JSONValue)] = [
        ("null", .null), (#"["*"]"#, .null), ("[]", []), (#"["no_priority"]"#, []),
        (#"["PPRIO01"]"#, ["PPRIO01"]),
    ]

    @Test(arguments: priorities)
    func `priorities: null is any, an empty list none`(given: String, expected: JSONValue) async throws {
        let config = #"{"events": ["incident.triggered"], "urgency": null, "priorities": \#(given)}"#
        let made = try await call(.post, body: Self.connection(config: config))
        #expect(made.json["slack_connection"]["config"]["priorities"] == expected)
    }

    @Test(arguments: [
        ("", "Malformed JSON"), ("{", "Malformed JSON"), ("[]", "The payload is invalid."),
        ("{}", "The payload is invalid."),
        (#"{"slack_connection": 7}"#, "The payload is invalid."),
        (#"{"slack_connection": {}}"#, "Invalid Input Provided"),
        (connection(config: "null"), "Invalid Input Provided"),
        (connection(config: #"{"events": []}"#), "Invalid Input Provided"),
        (connection(config: #"{"events": ["incident.exploded"]}"#), "Invalid Input Provided"),
        (connection(config: #"{"events": ["incident.triggered"], "urgency": "medium"}"#), "Invalid Input Provided"),
        (connection(config: #"{"events": ["incident.triggered"], "priorities": [1]}"#), "Invalid Input Provided"),
        (connection(config: #"{"events": ["incident.triggered"], "priorities": "P1"}"#), "Invalid Input Provided"),
        (connection(source: #""source_id": "../x", "source_type": "service_reference""#), "Invalid Input Provided"),
        (connection(source: #""source_id": "PGONE01", "source_type": "service_reference""#), "Invalid Input Provided"),
        (connection(source: #""source_id": "PSVC001", "source_type": "user_reference""#), "Invalid Input Provided"),
        (connection(more: #", "notification_type": "everybody""#), "Invalid Input Provided"),
    ])
    func `what cannot be a connection is refused in PagerDuty's words`(body: String, message: String) async throws {
        let answer = try await call(.post, body: body)
        #expect(answer.status == 400)
        #expect(answer.json["error"]["message"].string == message)
        #expect(host.values.isEmpty)
    }

    @Test func `a channel that cannot be seen is no channel`() async throws {
        host.state.withLock { $0.slackErrors["conversations.info"] = SlackError(code: "channel_not_found") }
        host.state.withLock { $0.slack["users.info"] = [["user": ["id": "UBOT", "name": "bothost"]]] }
        let answer = try await call(.post, body: Self.connection())
        #expect(answer.status == 400)
        #expect(answer.json["error"]["message"].string?.contains("channel data") == true)
    }

    @Test func `another workspace is not connected, another connection not there`() async throws {
        let other = try await call(.get, workspace: "T0OTHER01")
        #expect(other.status == 404)
        #expect(other.json["error"]["message"].string?.contains("not been connected") == true)
        #expect(try await call(.get, "..%2Fx") == .notFound)
        #expect(try await call(.put, "no such", body: "{}") == .notFound)
    }

    @Test func `lists come in pages`() async throws {
        for channel in 0..<5 {
            host.state.withLock {
                $0.slack["conversations.info"] = [
                    ["channel": ["id": .string("C\(channel)"), "name": "c", "is_member": true]]
                ]
                $0.now += 1
            }
            let body = Self.connection().replacing("C0INCIDNT", with: "C\(channel)")
            #expect(try await call(.post, body: body).status == 201)
        }
        let page = try await call(.get, query: ["limit": "2", "offset": "2"]).json
        #expect(page["slack_connections"].array?.map { $0["channel_id"].string } == ["C2", "C3"])
        #expect(page["more"] == true)
        #expect(page["total"] == 5)
        #expect(try await call(.get, query: ["offset": "4"]).json["more"] == false)
        for query in [["limit": "0"], ["limit": "101"], ["limit": "-1"], ["limit": "x"], ["offset": "-1"]] {
            #expect(try await call(.get, query: query).status == 400)
        }
    }
}
