import Foundation

/// Writes the things of the account as PagerDuty's API does.
struct PDRenderer {
    var account: PDAccount
    var origin: String
    var zone: TimeZone = PDTime.utc
    /// The names in `include[]`: what is shown in full where otherwise a reference stands.
    var includes: Set<String> = []

    init(_ account: PDAccount, _ call: PDCall, zone: TimeZone = PDTime.utc) {
        self.init(account, origin: call.origin, zone: zone)
        includes = Set(call.values("include"))
    }

    init(_ account: PDAccount, origin: String, zone: TimeZone = PDTime.utc) {
        self.account = account
        self.origin = origin
        self.zone = zone
    }

    func time(_ date: Date?) -> JSON { date.map { .string(PDTime.format($0, in: zone)) } ?? .null }
    func api(_ path: String) -> JSON { .string("\(origin)/pd/\(path)") }
    func page(_ path: String) -> JSON { .string("\(origin)/pagerduty#/\(path)") }

    /// People's pages stand under the account's own name, as in `https://acme.pagerduty.com/users/…`: clients read the
    /// account's name from there. Names below `localhost` are this machine's by RFC 6761.
    func userPage(_ id: String) -> JSON {
        guard let scheme = origin.firstRange(of: "://") else { return page("users/\(id)") }
        let port = origin[scheme.upperBound...].drop { $0 != ":" }
        let host = "\(PDAccount.subdomain).localhost\(port)"
        return .string("\(origin[..<scheme.upperBound])\(host)/pagerduty#/users/\(id)")
    }

    func reference(_ type: String, _ id: String, _ summary: String, _ path: String, page: String? = nil) -> JSON {
        [
            "id": .string(id), "type": .string(type), "summary": .string(summary), "self": api(path),
            "html_url": page.map { self.page($0) } ?? .null,
        ]
    }

    func userReference(_ id: String) -> JSON {
        reference("user_reference", id, account.user(id)?.name ?? "Deleted User", "users/\(id)")
            .with(["html_url": userPage(id)])
    }
    func teamReference(_ id: String) -> JSON {
        reference("team_reference", id, account.team(id)?.name ?? "", "teams/\(id)", page: "teams/\(id)")
    }
    func serviceReference(_ id: String) -> JSON {
        reference("service_reference", id, account.service(id)?.name ?? "", "services/\(id)", page: "services/\(id)")
    }
    func policyReference(_ id: String) -> JSON {
        reference(
            "escalation_policy_reference", id, account.policy(id)?.name ?? "", "escalation_policies/\(id)",
            page: "escalation_policies/\(id)")
    }
    func scheduleReference(_ id: String) -> JSON {
        reference(
            "schedule_reference", id, account.schedule(id)?.name ?? "", "schedules/\(id)", page: "schedules/\(id)")
    }
    func priorityReference(_ id: String) -> JSON {
        guard let priority = account.priority(id) else { return .null }
        return reference("priority_reference", id, priority.name, "priorities/\(id)")
    }
    func incidentReference(_ incident: PDIncident) -> JSON {
        reference(
            "incident_reference", incident.id, Self.summary(incident), "incidents/\(incident.id)",
            page: "incidents/\(incident.id)")
    }
    static func summary(_ incident: PDIncident) -> String { "[#\(incident.number)] \(incident.title)" }

    func agent(_ agent: PDAgent) -> JSON {
        switch agent {
        case .user(let id): userReference(id)
        case .service(let id): serviceReference(id)
        case .policy(let id): policyReference(id)
        }
    }
    func teamReferences(_ ids: [String]) -> JSON { .array(ids.map(teamReference)) }

    /// A thing in full where `include[]` names its kind, a reference otherwise.
    func expand(_ kind: String, _ full: @autoclosure () -> JSON?, _ short: @autoclosure () -> JSON) -> JSON {
        includes.contains(kind) ? full() ?? short() : short()
    }
    /// The same without any further inclusion, so that nothing is expanded twice over.
    var plain: PDRenderer {
        var copy = self
        copy.includes = []
        return copy
    }
}
