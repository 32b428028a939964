import Foundation

/// Extensions (V2) and webhook subscriptions (V3).
extension PDEndpoint {
    static let genericSchema = "PJFWPEP"

    /// Every event that a subscription may ask for.
    ///
    /// - SeeAlso: https://developer.pagerduty.com/docs/webhooks-overview#event-types
    static let eventTypes: Set<String> = [
        "incident.acknowledged", "incident.annotated", "incident.conference_bridge.updated",
        "incident.custom_field_values.updated", "incident.delegated", "incident.escalated",
        "incident.incident_type.changed", "incident.priority_updated", "incident.reassigned", "incident.reopened",
        "incident.resolved", "incident.responder.added", "incident.responder.replied", "incident.role.assigned",
        "incident.service_updated", "incident.status_update_published", "incident.task.created",
        "incident.task.updated", "incident.task.completed", "incident.triggered", "incident.unacknowledged",
        "incident.action_invocation.created", "incident.action_invocation.updated",
        "incident.action_invocation.terminated", "incident.workflow.started", "incident.workflow.completed",
        "service.created", "service.updated", "service.deleted", "service.custom_field_values.updated",
    ]

    static let extensions: [PDEndpoint] = [
        PDEndpoint("GET", "extension_schemas", .read) { call, account throws(PDFailure) in
            let renderer = PDRenderer(account, call)
            return try PDPage.answer("extension_schemas", [genericSchema], for: call) { renderer.extensionSchema($0) }
        },
        PDEndpoint("GET", "extensions", .read) { call, account throws(PDFailure) in
            let object = call.value("extension_object_id")
            let schema = call.value("extension_schema_id")
            let found = account.extensions.filter { one in
                Self.matches(call, one.name) && (object.map { one.serviceIDs.contains($0) } ?? true)
                    && (schema ?? one.schemaID) == one.schemaID
            }
            return try PDPage.answer("extensions", found, for: call, render: PDRenderer(account, call).extension)
        },
        PDEndpoint("GET", "extensions/{}", .read) { call, account throws(PDFailure) in
            guard let one = account.extensions.first(where: { $0.id == call.id }) else { throw .notFound }
            return PDAnswer(json: ["extension": PDRenderer(account, call).extension(one)])
        },
        PDEndpoint("POST", "extensions", .configure) { call, account throws(PDFailure) in
            guard account.extensions.count < 500 else { throw .invalid("Too many extensions") }
            var one = PDExtension(
                id: account.random.id("P", length: 6), name: "", schemaID: genericSchema, serviceIDs: [], config: nil)
            try read(try call.wrapped("extension"), into: &one, account)
            account.extensions.append(one)
            account.touch()
            return PDAnswer(status: 201, json: ["extension": PDRenderer(account, call).extension(one)])
        },
        PDEndpoint("PUT", "extensions/{}", .configure) { call, account throws(PDFailure) in
            guard let place = account.extensions.firstIndex(where: { $0.id == call.id }) else { throw .notFound }
            var one = account.extensions[place]
            try read(try call.wrapped("extension"), into: &one, account)
            account.extensions[place] = one
            account.touch()
            return PDAnswer(json: ["extension": PDRenderer(account, call).extension(one)])
        },
        PDEndpoint("DELETE", "extensions/{}", .configure) { call, account throws(PDFailure) in
            guard account.extensions.contains(where: { $0.id == call.id }) else { throw .notFound }
            account.extensions.removeAll { $0.id == call.id }
            account.touch()
            return PDAnswer(status: 204)
        },
        PDEndpoint("POST", "extensions/{}/enable", .configure) { call, account throws(PDFailure) in
            guard let place = account.extensions.firstIndex(where: { $0.id == call.id }) else { throw .notFound }
            account.extensions[place].temporarilyDisabledUntil = nil
            account.touch()
            return PDAnswer(json: ["extension": PDRenderer(account, call).extension(account.extensions[place])])
        },
    ]

    static let webhooks: [PDEndpoint] = [
        PDEndpoint("GET", "webhook_subscriptions", .configure) { call, account throws(PDFailure) in
            let type = call.value("filter_type")
            if let type, ["service", "team"].contains(type), call.value("filter_id") == nil {
                throw .invalid("filter_id is required")
            }
            let found = account.subscriptions.filter { one in
                (type == nil || one.filterType == "\(type ?? "")_reference")
                    && (call.value("filter_id") ?? one.filterID) == one.filterID
            }
            return try PDPage.answer(
                "webhook_subscriptions", found, for: call, render: PDRenderer(account, call).subscription)
        },
        PDEndpoint("GET", "webhook_subscriptions/{}", .configure) { call, account throws(PDFailure) in
            guard let one = account.subscriptions.first(where: { $0.id == call.id }) else { throw .notFound }
            return PDAnswer(json: ["webhook_subscription": PDRenderer(account, call).subscription(one)])
        },
        PDEndpoint("POST", "webhook_subscriptions", .configure) { call, account throws(PDFailure) in
            let one = try PDSubscription.read(try call.wrapped("webhook_subscription"), &account)
            account.subscriptions.append(one)
            account.touch()
            let renderer = PDRenderer(account, call)
            // The secret is told once, here.
            return PDAnswer(
                status: 201, json: ["webhook_subscription": renderer.subscription(one, tellingSecret: true)])
        },
        PDEndpoint("PUT", "webhook_subscriptions/{}", .configure) { call, account throws(PDFailure) in
            guard let place = account.subscriptions.firstIndex(where: { $0.id == call.id }) else { throw .notFound }
            var one = account.subscriptions[place]
            try one.change(try call.wrapped("webhook_subscription"), account)
            account.subscriptions[place] = one
            account.touch()
            return PDAnswer(json: ["webhook_subscription": PDRenderer(account, call).subscription(one)])
        },
        PDEndpoint("DELETE", "webhook_subscriptions/{}", .configure) { call, account throws(PDFailure) in
            guard account.subscriptions.contains(where: { $0.id == call.id }) else { throw .notFound }
            account.subscriptions.removeAll { $0.id == call.id }
            account.touch()
            return PDAnswer(status: 204)
        },
        PDEndpoint("POST", "webhook_subscriptions/{}/enable", .configure) { call, account throws(PDFailure) in
            guard let place = account.subscriptions.firstIndex(where: { $0.id == call.id }) else { throw .notFound }
            account.subscriptions[place].temporarilyDisabledUntil = nil
            account.touch()
            return PDAnswer(json: [
                "webhook_subscription": PDRenderer(account, call).subscription(account.subscriptions[place])
            ])
        },
        PDEndpoint("POST", "webhook_subscriptions/{}/ping", .configure) { call, account throws(PDFailure) in
            guard let one = account.subscriptions.first(where: { $0.id == call.id }) else { throw .notFound }
            account.ping(one.id, at: call.now)
            return PDAnswer(status: 202)
        },
    ]

    private static func read(_ json: JSON, into one: inout PDExtension, _ account: PDAccount) throws(PDFailure) {
        if let name = json["name"]?.string { one.name = name }
        guard !one.name.isEmpty, one.name.utf8.count <= 255 else { throw .invalid("Name can't be blank") }
        if let url = json["endpoint_url"]?.string {
            guard url.utf8.starts(with: "http".utf8), url.utf8.count <= 2_000 else {
                throw .invalid("Endpoint url is invalid")
            }
            one.endpointURL = url
        }
        if let schema = json["extension_schema"]?["id"]?.string, schema != genericSchema {
            throw .invalid("Extension schema not found")
        }
        if let objects = json["extension_objects"]?.array {
            let ids = objects.compactMap { $0["id"]?.string }
            guard ids.count <= 500, ids.allSatisfy({ account.service($0) != nil }) else {
                throw .invalid("Extension object not found")
            }
            one.serviceIDs = ids
        }
        guard !one.serviceIDs.isEmpty else { throw .invalid("Extension objects can't be blank") }
        if let config = json["config"] { one.config = config }
    }
}
