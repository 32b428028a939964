import Foundation

/// Notes, alerts, snoozing, responders, status updates, merging, logs.
extension PDEndpoint {
    static let collaboration: [PDEndpoint] = [
        PDEndpoint("GET", "incidents/{}/notes", .readIncidents) { call, account throws(PDFailure) in
            let incident = try visible(call, account)
            // Newest first.
            return PDAnswer(json: ["notes": .array(incident.notes.reversed().map(PDRenderer(account, call).note))])
        },
        PDEndpoint("POST", "incidents/{}/notes", .respond, from: true) { call, account throws(PDFailure) in
            let incident = try respondable(call, account)
            let hand = try call.hand(in: account)
            guard let content = try call.wrapped("note")["content"]?.string, content.utf8.contains(where: { $0 > 0x20 })
            else {
                throw .invalid("Content can't be blank")
            }
            guard content.unicodeScalars.count <= 65_535 else { throw .invalid("Content is too long") }
            guard let userID = hand.agent.userID, let note = account.annotate(incident.id, content, by: userID, hand)
            else {
                throw .arguments("Incident has the maximum of 2000 notes")
            }
            return PDAnswer(status: 200, json: ["note": PDRenderer(account, call).note(note)])
        },
        PDEndpoint("GET", "incidents/{}/alerts", .readIncidents) { call, account throws(PDFailure) in
            let incident = try visible(call, account)
            let statuses = call.values("statuses")
            let found = incident.alerts.filter { statuses.isEmpty || statuses.contains($0.status.rawValue) }
            let renderer = PDRenderer(account, call)
            return try PDPage.answer("alerts", found, for: call) { renderer.alert($0, of: incident) }
        },
        PDEndpoint("GET", "incidents/{}/alerts/{}", .readIncidents) { call, account throws(PDFailure) in
            let incident = try visible(call, account)
            guard let alert = incident.alerts.first(where: { $0.id == call.parameters.last }) else { throw .notFound }
            return PDAnswer(json: ["alert": PDRenderer(account, call).alert(alert, of: incident)])
        },
        PDEndpoint("POST", "incidents/{}/snooze", .respond, from: true) { call, account throws(PDFailure) in
            let incident = try respondable(call, account)
            let hand = try call.hand(in: account)
            guard let duration = call.body["duration"]?.int, (1...604_800).contains(duration) else {
                throw .invalid("Duration must be between 1 and 604800 seconds")
            }
            guard incident.status == .acknowledged else {
                throw .arguments("Only acknowledged incidents can be snoozed")
            }
            account.snooze(incident.id, for: duration, hand)
            let after = account.incident(incident.id) ?? incident
            return PDAnswer(status: 201, json: ["incident": PDRenderer(account, call).incident(after)])
        },
        PDEndpoint("POST", "incidents/{}/responder_requests", .respond, ability: "coordinated_responding") {
            call, account throws(PDFailure) in
            try requestResponders(call, &account)
        },
        PDEndpoint("POST", "incidents/{}/status_updates", .respond, from: true, ability: "status_updates") {
            call, account throws(PDFailure) in
            let incident = try respondable(call, account)
            let hand = try call.hand(in: account)
            guard let message = call.body["message"]?.string, message.utf8.contains(where: { $0 > 0x20 }) else {
                throw .invalid("Message can't be blank")
            }
            let (subject, html) = (call.body["subject"]?.string, call.body["html_message"]?.string)
            guard (subject == nil) == (html == nil) else { throw .invalid("Subject and html_message go together") }
            let update = account.publish(
                incident.id, message: message, subject: subject, html: html, by: hand.agent.userID ?? "", hand)
            return PDAnswer(json: ["status_update": PDRenderer(account, call).statusUpdate(update)])
        },
        PDEndpoint("PUT", "incidents/{}/merge", .respond, from: true) { call, account throws(PDFailure) in
            let target = try respondable(call, account)
            let hand = try call.hand(in: account)
            guard let sources = call.body["source_incidents"]?.array, !sources.isEmpty, sources.count <= 100 else {
                throw .invalid("source_incidents is required")
            }
            var ids: [String] = []
            for source in sources {
                guard let id = source["id"]?.string, let incident = account.incident(id), incident.id != target.id
                else {
                    throw .invalid("Source incident not found")
                }
                try mayRespond(call, incident)
                guard target.isOpen || !incident.isOpen else {
                    throw .arguments("Open incidents cannot be merged into resolved incidents")
                }
                ids.append(incident.id)
            }
            account.merge(ids, into: target.id, hand)
            return PDAnswer(json: ["incident": PDRenderer(account, call).incidentReference(target)])
        },
    ]

    static let logs: [PDEndpoint] = [
        PDEndpoint("GET", "incidents/{}/log_entries", .readIncidents) { call, account throws(PDFailure) in
            let incident = try visible(call, account)
            return try logPage(call, account, [incident])
        },
        PDEndpoint("GET", "log_entries", .read) { call, account throws(PDFailure) in
            let teams = call.values("team_ids")
            let incidents = account.incidents.filter { incident in
                teams.isEmpty || account.service(incident.serviceID)?.teamIDs.contains(where: teams.contains) == true
            }
            return try logPage(call, account, incidents)
        },
        PDEndpoint("GET", "log_entries/{}", .read) { call, account throws(PDFailure) in
            for incident in account.incidents {
                guard let entry = incident.log.first(where: { $0.id == call.id }) else { continue }
                return PDAnswer(json: ["log_entry": PDRenderer(account, call).logEntry(entry, of: incident)])
            }
            throw .notFound
        },
    ]

    private static func logPage(
        _ call: PDCall, _ account: PDAccount, _ incidents: [PDIncident]
    ) throws(PDFailure) -> PDAnswer {
        let zone = try call.zone(default: PDTime.utc)
        let (since, until) = (try call.date("since", in: zone), try call.date("until", in: zone))
        let overview = call.value("is_overview") == "true"
        var found: [(entry: PDLogEntry, incident: PDIncident)] = []
        for incident in incidents {
            for entry in incident.log {
                if let since, entry.at < since { continue }
                if let until, entry.at >= until { continue }
                if overview, case .notify = entry.kind { continue }
                found.append((entry, incident))
            }
        }
        // Newest first; of the same moment, the later written first.
        let sorted = found.enumerated().sorted { ($0.element.entry.at, $0.offset) > ($1.element.entry.at, $1.offset) }
        let renderer = PDRenderer(account, call, zone: zone)
        return try PDPage.answer("log_entries", sorted, for: call) {
            renderer.logEntry($0.element.entry, of: $0.element.incident)
        }
    }

    private static func requestResponders(_ call: PDCall, _ account: inout PDAccount) throws(PDFailure) -> PDAnswer {
        let incident = try respondable(call, account)
        // The requester stands in the body; a user token can speak for its owner alone.
        guard let requester = call.body["requester_id"]?.string.flatMap({ account.user($0) }) else {
            throw .requesterNotFound
        }
        if let user = call.user, user.id != requester.id { throw .accessDenied }
        guard let targets = call.body["responder_request_targets"]?.array, !targets.isEmpty, targets.count <= 500 else {
            throw .invalid("responder_request_targets is required")
        }
        let hand = PDAccount.Hand(agent: .user(requester.id), channel: "api", date: call.now)
        let message = call.body["message"]?.string ?? "Please help with \(incident.title)"
        var asked: [(json: JSON, userIDs: [String])] = []
        for target in targets {
            let inner = target["responder_request_target"] ?? target
            guard let id = inner["id"]?.string else { throw .invalid("Responder request target is invalid") }
            if let user = account.user(id) {
                asked.append((["type": "user", "id": .string(id)], [user.id]))
            } else if let policy = account.policy(id) {
                asked.append(
                    (["type": "escalation_policy", "id": .string(id)], account.onCall(policy, level: 1, at: call.now)))
            } else {
                throw .invalid("Responder request target not found")
            }
        }
        var seen: Set<String> = []
        let userIDs = asked.flatMap(\.userIDs).filter { seen.insert($0).inserted }
        guard incident.responders.count + userIDs.count <= 500 else {
            throw .arguments("An incident has at most 500 responders")
        }
        account.requestResponders(incident.id, userIDs, message: message, hand)
        let renderer = PDRenderer(account, call)
        let after = account.incident(incident.id) ?? incident
        let rendered = asked.map { json, ids -> JSON in
            let responders = after.responders.filter { ids.contains($0.userID) }.map {
                renderer.responder($0, of: after)
            }
            return ["responder_request_target": json.with(["incidents_responders": .array(responders)])]
        }
        return PDAnswer(json: [
            "responder_request": [
                "incident": renderer.incidentReference(after), "requester": renderer.userReference(requester.id),
                "requested_at": renderer.time(call.now), "message": .string(message),
                "responder_request_targets": .array(rendered),
            ]
        ])
    }
}
