import Foundation

/// Incident workflows, and what was there before them.
extension PDEndpoint {
    static let workflows: [PDEndpoint] = [
        PDEndpoint("GET", "incident_workflows/triggers", .read) { call, account throws(PDFailure) in
            let (workflow, type) = (call.value("workflow_id"), call.value("trigger_type"))
            let found = account.workflows.filter { one in
                (workflow ?? one.id) == one.id && (type ?? "manual") == "manual" && Self.matches(call, one.name)
            }
            let renderer = PDRenderer(account, call)
            return PDAnswer(json: [
                "triggers": .array(found.map(renderer.workflowTrigger)), "limit": .int(max(1, found.count)),
                "next_cursor": nil, "more": false,
            ])
        },
        PDEndpoint("GET", "incident_workflows/triggers/{}", .read) { call, account throws(PDFailure) in
            guard let workflow = account.workflows.first(where: { $0.triggerID == call.id }) else { throw .notFound }
            return PDAnswer(json: ["trigger": PDRenderer(account, call).workflowTrigger(workflow)])
        },
        PDEndpoint("GET", "incident_workflows", .read) { call, account throws(PDFailure) in
            let found = account.workflows.filter { Self.matches(call, $0.name) }
            return try PDPage.answer("incident_workflows", found, for: call, render: PDRenderer(account, call).workflow)
        },
        PDEndpoint("GET", "incident_workflows/{}", .read) { call, account throws(PDFailure) in
            guard let workflow = account.workflows.first(where: { $0.id == call.id }) else { throw .notFound }
            return PDAnswer(json: ["incident_workflow": PDRenderer(account, call).workflow(workflow)])
        },
        PDEndpoint("POST", "incident_workflows/{}/instances", .respond, ability: "incident_workflows") {
            call, account throws(PDFailure) in
            guard let workflow = account.workflows.first(where: { $0.id == call.id }) else { throw .notFound }
            let json = try call.wrapped("incident_workflow_instance")
            guard let id = json["incident"]?["id"]?.string, let incident = account.incident(id) else {
                throw .invalid("Incident not found")
            }
            try mayRespond(call, incident)
            // This call takes no From: with the account's key the workflow itself is who acts.
            let agent = call.user.map { PDAgent.user($0.id) } ?? .service(incident.serviceID)
            let hand = PDAccount.Hand(agent: agent, channel: call.channel, date: call.now)
            let instance = account.start(workflow, on: incident.id, hand)
            return PDAnswer(
                status: 201,
                json: [
                    "incident_workflow_instance": [
                        "id": .string(instance.id), "type": "incident_workflow_instance",
                        "incident": PDRenderer(account, call).incidentReference(incident),
                    ]
                ])
        },
    ]

    /// Deprecated since 2023 and removed from the public schema in 2025. An account has them or has not.
    static let responsePlays: [PDEndpoint] = [
        PDEndpoint("GET", "response_plays", .read) { call, account throws(PDFailure) in
            guard account.hasResponsePlays else { throw .notFound }
            let found = account.workflows.filter { Self.matches(call, $0.name) }
            return PDAnswer(json: [
                "response_plays": .array(found.map(PDRenderer(account, call).responsePlay)), "limit": nil,
                "offset": nil, "total": .int(found.count), "more": false,
            ])
        },
        PDEndpoint("POST", "response_plays/{}/run", .respond, from: true) { call, account throws(PDFailure) in
            guard account.hasResponsePlays, let play = account.workflows.first(where: { $0.playID == call.id }) else {
                throw .notFound
            }
            guard let id = call.body["incident"]?["id"]?.string, let incident = account.incident(id) else {
                throw .invalid("Incident not found")
            }
            try mayRespond(call, incident)
            let hand = try call.hand(in: account)
            let names = account.onCall(account.policy(incident.policyID), at: call.now)
            account.log(
                incident.id, .workflow(name: play.name), by: hand.agent, channel: hand.channel, at: call.now)
            account.requestResponders(incident.id, names, message: "Response play “\(play.name)”", hand)
            return PDAnswer(json: ["status": "ok"])
        },
    ]
}

extension PDAccount {
    /// Who is on call on the first level of a policy.
    fileprivate func onCall(_ policy: PDPolicy?, at now: Date) -> [String] {
        policy.map { onCall($0, level: 1, at: now) } ?? []
    }
}
