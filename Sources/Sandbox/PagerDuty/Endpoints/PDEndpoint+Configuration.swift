import Foundation

/// Teams, services, escalation policies, priorities.
extension PDEndpoint {
    static let teams: [PDEndpoint] = [
        PDEndpoint("GET", "teams", .read) { call, account throws(PDFailure) in
            let found = account.teams.filter { Self.matches(call, $0.name) }.sorted { $0.name < $1.name }
            return try PDPage.answer("teams", found, for: call, usual: 100, render: PDRenderer(account, call).team)
        },
        PDEndpoint("GET", "teams/{}", .read) { call, account throws(PDFailure) in
            guard let team = account.team(call.id) else { throw .notFound }
            return PDAnswer(json: ["team": PDRenderer(account, call).team(team)])
        },
        PDEndpoint("GET", "teams/{}/members", .read) { call, account throws(PDFailure) in
            guard let team = account.team(call.id) else { throw .notFound }
            return try PDPage.answer("members", team.members, for: call, render: PDRenderer(account, call).member)
        },
        PDEndpoint("PUT", "teams/{}/users/{}", .configure) { call, account throws(PDFailure) in
            guard let place = account.teams.firstIndex(where: { $0.id == call.id }), call.parameters.count == 2,
                account.user(call.parameters[1]) != nil
            else { throw .notFound }
            account.teams[place].members.removeAll { $0.userID == call.parameters[1] }
            account.teams[place].members.append(
                .init(userID: call.parameters[1], role: call.body["role"]?.string ?? "manager"))
            account.touch()
            return PDAnswer(status: 204)
        },
        PDEndpoint("DELETE", "teams/{}/users/{}", .configure) { call, account throws(PDFailure) in
            guard let place = account.teams.firstIndex(where: { $0.id == call.id }), call.parameters.count == 2,
                account.teams[place].members.contains(where: { $0.userID == call.parameters[1] })
            else { throw .notFound }
            account.teams[place].members.removeAll { $0.userID == call.parameters[1] }
            account.touch()
            return PDAnswer(status: 204)
        },
    ]

    static let services: [PDEndpoint] = [
        PDEndpoint("GET", "services", .read) { call, account throws(PDFailure) in
            let teams = call.values("team_ids")
            let name = call.value("name")
            let found = account.services.filter { service in
                Self.matches(call, service.name) && (name == nil || service.name == name)
                    && (teams.isEmpty || service.teamIDs.contains(where: teams.contains))
            }
            let renderer = PDRenderer(account, call)
            return try PDPage.answer("services", byName(found, call) { $0.name }, for: call, render: renderer.service)
        },
        PDEndpoint("GET", "services/{}", .read) { call, account throws(PDFailure) in
            guard let service = account.service(call.id) else { throw .notFound }
            return PDAnswer(json: ["service": PDRenderer(account, call).service(service)])
        },
        PDEndpoint("POST", "services", .configure) { call, account throws(PDFailure) in
            let json = try call.wrapped("service")
            guard let name = json["name"]?.string, !name.isEmpty, name.utf8.count <= 255 else {
                throw .invalid("Name can't be blank")
            }
            guard !account.services.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
                throw .invalid("Name has already been taken")
            }
            guard let policy = json["escalation_policy"]?["id"]?.string.flatMap({ account.policy($0) }) else {
                throw .invalid("Escalation policy can't be blank")
            }
            guard account.services.count < 1_000 else { throw .invalid("Too many services") }
            let service = PDService(
                id: account.random.id("P", length: 6), name: name, description: json["description"]?.string ?? "",
                policyID: policy.id, teamIDs: policy.teamIDs, urgency: .constant("high"),
                acknowledgementTimeout: json["acknowledgement_timeout"]?.int,
                autoResolveTimeout: json["auto_resolve_timeout"]?.int, createdAt: call.now)
            account.services.append(service)
            account.touch()
            return PDAnswer(status: 201, json: ["service": PDRenderer(account, call).service(service)])
        },
        PDEndpoint("PUT", "services/{}", .configure) { call, account throws(PDFailure) in
            let json = try call.wrapped("service")
            guard let place = account.services.firstIndex(where: { $0.id == call.id }) else { throw .notFound }
            var service = account.services[place]
            if let name = json["name"]?.string, !name.isEmpty { service.name = name }
            if let text = json["description"]?.string { service.description = text }
            if let id = json["escalation_policy"]?["id"]?.string {
                guard account.policy(id) != nil else { throw .invalid("Escalation policy not found") }
                service.policyID = id
            }
            if let status = json["status"]?.string { service.disabled = status == "disabled" }
            account.services[place] = service
            account.touch()
            return PDAnswer(json: ["service": PDRenderer(account, call).service(service)])
        },
        PDEndpoint("GET", "priorities", .readIncidents) { call, account throws(PDFailure) in
            try PDPage.answer("priorities", account.priorities, for: call, render: PDRenderer(account, call).priority)
        },
        PDEndpoint("GET", "incidents/types", .readIncidents) { _, _ throws(PDFailure) in
            PDAnswer(json: [
                "incident_types": [
                    [
                        "id": "PINCTY1", "name": "incident_default", "display_name": "Base Incident", "enabled": true,
                        "type": "incident_type",
                    ],
                    [
                        "id": "PINCTY2", "name": "major_incident", "display_name": "Major Incident", "enabled": true,
                        "type": "incident_type",
                    ],
                ]
            ])
        },
    ]

    static let policies: [PDEndpoint] = [
        PDEndpoint("GET", "escalation_policies", .read) { call, account throws(PDFailure) in
            let teams = call.values("team_ids")
            let users = call.values("user_ids")
            let found = account.policies.filter { policy in
                Self.matches(call, policy.name) && (teams.isEmpty || policy.teamIDs.contains(where: teams.contains))
                    && (users.isEmpty
                        || policy.rules.contains {
                            $0.targets.contains { target in users.contains { target == .user($0) } }
                        })
            }
            let renderer = PDRenderer(account, call)
            return try PDPage.answer(
                "escalation_policies", byName(found, call) { $0.name }, for: call, render: renderer.policy)
        },
        PDEndpoint("GET", "escalation_policies/{}", .read) { call, account throws(PDFailure) in
            guard let policy = account.policy(call.id) else { throw .notFound }
            return PDAnswer(json: ["escalation_policy": PDRenderer(account, call).policy(policy)])
        },
    ]

    private static func byName<Item>(
        _ items: [Item], _ call: PDCall, name: (Item) -> String
    ) -> [Item] {
        let sorted = items.sorted { name($0) < name($1) }
        return call.value("sort_by") == "name:desc" ? sorted.reversed() : sorted
    }
}
