import Foundation

/// The fields that the account has added to its incidents.
extension PDEndpoint {
    static let customFields: [PDEndpoint] = [
        PDEndpoint("GET", "incidents/custom_fields", .read) { call, account throws(PDFailure) in
            let renderer = PDRenderer(account, call)
            return PDAnswer(json: ["fields": .array(account.customFields.map(renderer.customField))])
        },
        PDEndpoint("GET", "incidents/{}/custom_fields/values", .readIncidents) { call, account throws(PDFailure) in
            let incident = try visible(call, account)
            return PDAnswer(json: ["custom_fields": PDRenderer(account, call).customFields(of: incident)])
        },
        PDEndpoint("PUT", "incidents/{}/custom_fields/values", .respond) { call, account throws(PDFailure) in
            let incident = try respondable(call, account)
            guard let asked = call.body["custom_fields"]?.array, !asked.isEmpty, asked.count <= 30 else {
                throw .invalid("custom_fields is required")
            }
            var values: [String: JSON] = [:]
            for one in asked {
                let field = account.customFields.first {
                    $0.id == one["id"]?.string || $0.name == one["name"]?.string
                }
                guard let field, let value = one["value"], value.isNull || value.string != nil else {
                    throw .invalid("Custom field is invalid")
                }
                values[field.name] = value
            }
            let agent = call.user.map { PDAgent.user($0.id) } ?? .service(incident.serviceID)
            account.setCustomFields(
                incident.id, values, PDAccount.Hand(agent: agent, channel: call.channel, date: call.now))
            let after = account.incident(incident.id) ?? incident
            return PDAnswer(status: 201, json: ["custom_fields": PDRenderer(account, call).customFields(of: after)])
        },
    ]
}
