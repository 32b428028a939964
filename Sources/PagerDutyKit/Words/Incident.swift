package import FoundationEssentials

extension PagerDuty {
    /// A problem that somebody has to look at: a number for people, an id for calls.
    ///
    /// It is read from the REST API and from both kinds of webhooks, which name the same things differently, and written
    /// in the REST API's words.
    package struct Incident: Hashable, Sendable {
        package var id: ID
        package var number: Int?
        package var title: String
        package var status: Status?
        package var urgency: Urgency?
        package var service: Reference?
        package var priority: Reference?
        package var escalationPolicy: Reference?
        /// Who it is assigned to now.
        package var assignees: [Reference]
        package var teams: [Reference]
        package var key: String?
        package var createdAt: Date?
        /// When anything about it changed last; the REST API tells, webhooks do not.
        package var updatedAt: Date?
        package var link: WebLink?
        /// Its kind in the account's own words, such as `major`.
        package var type: String?
        /// A telephone number with whatever is to be dialled after it.
        package var conferenceNumber: String?
        /// Where people meet. From outside: its label is always the address itself.
        package var conferenceLink: WebLink?
        /// What it was merged into; it is resolved then.
        package var mergedInto: Reference?
        /// What whoever triggered it wrote.
        package var details: String?

        /// Where an incident stands.
        package struct Status: RawRepresentable, Hashable, Sendable, Codable {
            package var rawValue: String
            package init(rawValue: String) { self.rawValue = rawValue }

            package static let triggered = Status(rawValue: "triggered")
            package static let acknowledged = Status(rawValue: "acknowledged")
            package static let resolved = Status(rawValue: "resolved")
        }

        package init(id: ID, title: String) {
            self.id = id
            self.title = title
            assignees = []
            teams = []
        }
    }
}

extension PagerDuty.Incident: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(PagerDuty.ID.self, forKey: .id)
        number = container.count(.number) ?? container.count(.numberInWebhook)
        title = container.text(.title) ?? container.text(.summary) ?? id.value
        status = container.tolerant(Status.self, .status)
        urgency = container.tolerant(PagerDuty.Urgency.self, .urgency)
        service = container.tolerant(PagerDuty.Reference.self, .service)
        priority = container.tolerant(PagerDuty.Reference.self, .priority)
        escalationPolicy = container.tolerant(PagerDuty.Reference.self, .escalationPolicy)
        assignees = container.elements(Assignment.self, .assignments).map(\.assignee)
        if assignees.isEmpty { assignees = container.elements(PagerDuty.Reference.self, .assigneesInWebhook) }
        teams = container.elements(PagerDuty.Reference.self, .teams)
        key = container.text(.key)
        createdAt = container.moment(.createdAt)
        updatedAt = container.moment(.updatedAt) ?? container.moment(.statusChangedAt)
        link = container.tolerant(PagerDuty.WebLink.self, .htmlURL)
        type = container.tolerant(Kind.self, .incidentType)?.name
        let bridge = container.tolerant(ConferenceBridge.self, .conferenceBridge)
        conferenceNumber = bridge?.number
        conferenceLink = bridge?.link
        let reason = container.tolerant(ResolveReason.self, .resolveReason)
        mergedInto = reason?.incident
        details = container.tolerant(Body.self, .body)?.details
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encodeIfPresent(number, forKey: .number)
        try container.encode(title, forKey: .title)
        try container.encodeIfPresent(status, forKey: .status)
        try container.encodeIfPresent(urgency, forKey: .urgency)
        try container.encodeIfPresent(service, forKey: .service)
        try container.encodeIfPresent(priority, forKey: .priority)
        try container.encodeIfPresent(escalationPolicy, forKey: .escalationPolicy)
        try container.encode(assignees.map(Assignment.init), forKey: .assignments)
        try container.encode(teams, forKey: .teams)
        try container.encodeIfPresent(key, forKey: .key)
        try container.encodeIfPresent(createdAt.map(PagerDutyTime.format), forKey: .createdAt)
        try container.encodeIfPresent(updatedAt.map(PagerDutyTime.format), forKey: .updatedAt)
        try container.encodeIfPresent(link, forKey: .htmlURL)
        try container.encodeIfPresent(type.map(Kind.init), forKey: .incidentType)
        if conferenceNumber != nil || conferenceLink != nil {
            try container.encode(
                ConferenceBridge(number: conferenceNumber, link: conferenceLink), forKey: .conferenceBridge)
        }
        try container.encodeIfPresent(mergedInto.map(ResolveReason.init), forKey: .resolveReason)
        try container.encodeIfPresent(details.map(Body.init), forKey: .body)
    }

    private struct Assignment: Codable {
        var assignee: PagerDuty.Reference
    }

    private struct Kind: Codable {
        var name: String
    }

    private struct ResolveReason: Codable {
        var incident: PagerDuty.Reference
    }

    private struct Body: Codable {
        var details: String
    }

    private enum CodingKeys: String, CodingKey {
        case id, title, summary, status, urgency, service, priority, assignments, teams, body
        case number = "incident_number"
        case numberInWebhook = "number"
        case assigneesInWebhook = "assignees"
        case escalationPolicy = "escalation_policy"
        case key = "incident_key"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case statusChangedAt = "last_status_change_at"
        case htmlURL = "html_url"
        case incidentType = "incident_type"
        case conferenceBridge = "conference_bridge"
        case resolveReason = "resolve_reason"
    }
}
