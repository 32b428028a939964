import Foundation

/// What a PUT wants of an incident, checked before anything is done.
struct PDIncidentChange {
    private var incident: PDIncident
    private var status: String?
    private var resolution: String?
    private var title: String?
    private var urgency: String?
    private var priority: String??
    private var level: Int?
    private var assignees: [String]?
    private var policyID: String?
    private var type: String?
    private var bridge: JSON?

    init(_ json: JSON, _ incident: PDIncident, _ account: PDAccount) throws(PDFailure) {
        self.incident = incident
        status = json["status"]?.string
        resolution = json["resolution"]?.string
        title = json["title"]?.string
        bridge = json["conference_bridge"]
        urgency = try Self.urgency(json)
        priority = try Self.priority(json, account)
        assignees = try Self.assignees(json, account)
        type = try Self.type(json)
        if let status, PDIncident.Status(rawValue: status) == nil {
            throw PDFailure(status: 400, message: "Invalid Status Provided", code: 1003)
        }
        if let title, !title.utf8.contains(where: { $0 > 0x20 }) || title.unicodeScalars.count > 1_024 {
            throw .invalid("Title can't be blank and is at most 1024 characters")
        }
        if status == "resolved", incident.status == .resolved { throw .alreadyResolved }
        if let id = json["escalation_policy"]?["id"]?.string {
            guard account.policy(id) != nil else { throw .invalid("Escalation policy not found") }
            guard assignees == nil else {
                throw .arguments("Incident can have either assignments or an escalation policy, not both")
            }
            policyID = id
        }
        if let asked = json["escalation_level"], !asked.isNull {
            let levels = account.policy(incident.policyID)?.rules.count ?? 0
            guard let level = asked.int, level >= 1, level <= levels else {
                throw .invalid("Escalation level is out of range")
            }
            guard (urgency ?? incident.urgency) == "high" else {
                throw .arguments("Low-urgency incidents cannot be escalated")
            }
            self.level = level
        }
        if incident.status == .resolved, status == nil || status == "resolved",
            level != nil || assignees != nil || policyID != nil
        {
            throw .alreadyResolved
        }
    }

    func apply(to account: inout PDAccount, by hand: PDAccount.Hand) throws(PDFailure) {
        let id = incident.id
        if let title, title != incident.title { account.setTitle(id, title, hand) }
        if let type { account.setType(id, type, hand) }
        if let urgency { account.setUrgency(id, urgency, hand) }
        if let priority { account.setPriority(id, priority, hand) }
        if let bridge {
            account.setConferenceBridge(
                id, number: bridge["conference_number"]?.string, url: bridge["conference_url"]?.string, hand)
        }
        if let policyID { account.delegate(id, to: policyID, hand) }
        if let assignees { account.reassign(id, to: assignees, hand) }
        if let level { account.escalate(id, to: level, hand) }
        switch status {
        case "acknowledged":
            if let userID = hand.agent.userID { account.acknowledge(id, by: userID, hand) }
        case "resolved": account.resolve(id, note: resolution, hand)
        case "triggered":
            if incident.status == .resolved {
                account.reopen(id, hand)
            } else {
                account.unacknowledge(id, byTimeout: false, hand)
            }
        default: break
        }
    }

    static func urgency(_ json: JSON) throws(PDFailure) -> String? {
        guard let value = json["urgency"], !value.isNull else { return nil }
        guard let text = value.string, ["high", "low"].contains(text) else { throw .invalid("Urgency is invalid") }
        return text
    }

    /// A priority by reference, by name (the gravest match wins), or null to take it away; nil where nothing is said.
    static func priority(_ json: JSON, _ account: PDAccount) throws(PDFailure) -> String?? {
        guard let value = json["priority"] else { return nil }
        if value.isNull { return .some(nil) }
        if let name = value.string {
            guard let found = account.priorities.first(where: { $0.name == name }) else {
                throw .invalid("Priority not found")
            }
            return .some(found.id)
        }
        guard let id = value["id"]?.string, account.priority(id) != nil else { throw .invalid("Priority not found") }
        return .some(id)
    }

    static func assignees(_ json: JSON, _ account: PDAccount) throws(PDFailure) -> [String]? {
        guard let list = json["assignments"]?.array, !list.isEmpty else { return nil }
        guard list.count <= 50 else { throw .invalid("Too many assignments") }
        var ids: [String] = []
        for one in list {
            guard let id = one["assignee"]?["id"]?.string, let user = account.user(id) else {
                throw .invalid("Assignee not found")
            }
            guard !user.role.isStakeholder else { throw .invalid("Assignee cannot be a stakeholder") }
            if !ids.contains(id) { ids.append(id) }
        }
        return ids
    }

    static func type(_ json: JSON) throws(PDFailure) -> String? {
        guard let value = json["incident_type"], !value.isNull else { return nil }
        guard let name = value["name"]?.string, ["incident_default", "major_incident"].contains(name) else {
            throw .invalid("Incident type not found")
        }
        return name
    }
}
