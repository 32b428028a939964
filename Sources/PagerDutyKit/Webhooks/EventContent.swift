/// What stands under `data` in an event of an incident: the incident itself, or something that hangs on one.
///
/// What it is says its `type`; what it holds is read field by field, because payloads of different years differ.
struct EventContent: Decodable {
    let about: PagerDuty.Reference
    let incident: PagerDuty.Incident?
    let subject: PagerDuty.IncidentEvent.Subject
    let isAbridged: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = container.text(.type) ?? ""
        isAbridged = container.flag(.detailsOmitted) ?? false
        if type == "incident" {
            let incident = try PagerDuty.Incident(from: decoder)
            self.incident = incident
            about = PagerDuty.Reference(
                id: incident.id, type: "incident_reference", summary: incident.title, link: incident.link)
            subject = .nothing
            return
        }
        incident = nil
        let roles = container.elements(RoleAssignment.self, .roleAssignments)
        guard let about = container.tolerant(PagerDuty.Reference.self, .incident) ?? roles.first?.incident else {
            throw DecodingError.dataCorruptedError(
                forKey: .incident, in: container, debugDescription: "no incident that it is about")
        }
        self.about = about
        subject = Self.subject(type, container, roles, bridge: try? ConferenceBridge(from: decoder))
    }

    private static func subject(
        _ type: String, _ container: KeyedDecodingContainer<CodingKeys>, _ roles: [RoleAssignment],
        bridge: ConferenceBridge?
    ) -> PagerDuty.IncidentEvent.Subject {
        func name(_ key: CodingKeys) -> String? {
            container.tolerant(PagerDuty.Reference.self, key)?.summary
        }
        switch type {
        case "incident_note": return .note(container.text(.content) ?? "")
        case "incident_status_update": return .statusUpdate(container.text(.message) ?? "")
        case "incident_responder":
            return .responder(
                container.tolerant(PagerDuty.Reference.self, .user),
                policy: container.tolerant(PagerDuty.Reference.self, .policy), state: container.text(.state),
                message: container.text(.message))
        case "incident_role_assignment":
            return .role(roles.first?.role?.summary, assignee: roles.first?.assignee)
        case "incident_task":
            return .task(container.text(.name) ?? container.text(.summary) ?? "", status: container.text(.status))
        case "incident_workflow_instance":
            return .workflow(name(.workflow) ?? container.text(.summary) ?? "")
        case "incident_action_invocation": return .action(name(.action) ?? "", state: container.text(.state))
        case "incident_conference_bridge":
            return .conferenceBridge(number: bridge?.number, link: bridge?.link)
        case "incident_field_values", "incident_custom_field_values":
            return .customFields(container.elements(CustomField.self, .customFields).map(\.field))
        default: return .nothing
        }
    }

    private struct RoleAssignment: Decodable {
        var incident: PagerDuty.Reference
        var assignee: PagerDuty.Reference?
        var role: PagerDuty.Reference?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            incident = try container.decode(PagerDuty.Reference.self, forKey: .incident)
            assignee = container.tolerant(PagerDuty.Reference.self, .assignee)
            role = container.tolerant(PagerDuty.Reference.self, .role)
        }

        private enum Keys: String, CodingKey {
            case incident, assignee, role
        }
    }

    private struct CustomField: Decodable {
        var field: PagerDuty.IncidentEvent.CustomField

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            let value =
                container.text(.value) ?? container.number(.value).map { "\($0)" }
                ?? container.flag(.value).map { "\($0)" }
                ?? container.elements(String.self, .value).joined(separator: ", ")
            field = .init(name: container.text(.displayName) ?? container.text(.name) ?? "", value: value)
        }

        private enum Keys: String, CodingKey {
            case name, value
            case displayName = "display_name"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case type, incident, content, message, user, state, name, summary, status, action
        case detailsOmitted = "details_omitted"
        case roleAssignments = "incident_role_assignments"
        case policy = "escalation_policy"
        case workflow = "incident_workflow"
        case customFields = "custom_fields"
    }
}
