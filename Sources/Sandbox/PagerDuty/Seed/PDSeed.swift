import Foundation

/// The account that a sandbox starts with: the people, services, policies and schedules of a small company.
///
/// Ids are fixed, so that scripts and bookmarks survive a restart.
enum PDSeed {
    static let accountKey = "acmeSandboxAcctKey01"

    /// An account as it looks at `now`, with a history of the last ninety days.
    static func account(seed: UInt64, now: Date) -> PDAccount {
        var account = PDAccount(seed: seed)
        account.accountKey = accountKey
        account.users = people(now: now)
        account.teams = teams
        account.priorities = priorities
        account.schedules = schedules(now: now)
        account.policies = policies
        account.services = services(now: now)
        account.workflows = workflows(now: now)
        account.customFields = [
            PDCustomField(id: "PFIELD1", name: "environment", displayName: "Environment"),
            PDCustomField(id: "PFIELD2", name: "customer_impact", displayName: "Customer impact"),
        ]
        PDHistory.write(into: &account, days: 90, now: now)
        PDHistory.writeOpenIncidents(into: &account, now: now)
        account.recordsEvents = true
        return account
    }

    /// A user API token that can be told from its owner, and is no secret: it opens a simulator on this machine.
    static func token(_ name: String) -> String {
        let base = "u+Sandbox\(name)"
        return base + String(repeating: "0", count: max(0, 20 - base.utf8.count))
    }

    static func people(now: Date) -> [PDUser] {
        let made = now.addingTimeInterval(-400 * 86_400)
        func person(
            _ id: String, _ first: String, _ last: String, _ role: PDRole, _ zone: String, _ job: String,
            _ color: String
        ) -> PDUser {
            PDUser(
                id: id, name: "\(first) \(last)", email: "\(first).\(last)@acme.example".lowercased(), role: role,
                timeZone: zone, jobTitle: job, color: color, description: nil, token: token(first), createdAt: made)
        }
        return [
            person("POLGA01", "Olga", "Owner", .owner, "Europe/Berlin", "Chief Technology Officer", "purple"),
            person("PADAM01", "Ada", "Martin", .admin, "Europe/Berlin", "Staff SRE", "green"),
            person("PBENO01", "Ben", "Okafor", .limitedUser, "America/New_York", "Backend Engineer", "blue"),
            person("PDANR01", "Dan", "Reyes", .observer, "America/Los_Angeles", "Product Manager", "orange"),
            person("PGRAC01", "Grace", "Lee", .limitedUser, "America/New_York", "Payments Engineer", "red"),
            person("PIVAN01", "Ivan", "Petrov", .limitedUser, "Europe/Sofia", "Platform Engineer", "teal"),
            person("PYUKI01", "Yuki", "Tanaka", .limitedUser, "Asia/Tokyo", "SRE", "cyan"),
            person("PNORA01", "Nora", "Quist", .readOnlyUser, "Europe/Stockholm", "Head of Support", "gray"),
        ]
    }

    static let teams: [PDTeam] = [
        PDTeam(
            id: "PTSRE01", name: "SRE", description: "Keeps the lights on",
            members: members(
                managers: ["PADAM01"], responders: ["PBENO01", "PYUKI01", "PIVAN01"], observers: ["PDANR01"])),
        PDTeam(
            id: "PTPAY01", name: "Payments", description: "Checkout and everything that moves money",
            members: members(managers: ["PADAM01"], responders: ["PGRAC01", "PBENO01"], observers: ["PNORA01"])),
        PDTeam(
            id: "PTPLT01", name: "Platform", description: "Data, identity and the pipes in between",
            members: members(managers: ["POLGA01"], responders: ["PIVAN01", "PYUKI01", "PGRAC01"], observers: [])),
    ]

    private static func members(managers: [String], responders: [String], observers: [String]) -> [PDTeam.Member] {
        managers.map { .init(userID: $0, role: "manager") } + responders.map { .init(userID: $0, role: "responder") }
            + observers.map { .init(userID: $0, role: "observer") }
    }

    static let priorities: [PDPriority] = [
        PDPriority(id: "PPRIO01", name: "P1", description: "Customers cannot use the product", color: "a8171c"),
        PDPriority(id: "PPRIO02", name: "P2", description: "Many customers are hindered", color: "eb6016"),
        PDPriority(id: "PPRIO03", name: "P3", description: "Some customers are hindered", color: "f9b406"),
        PDPriority(id: "PPRIO04", name: "P4", description: "Needs work, hinders nobody", color: "555555"),
        PDPriority(id: "PPRIO05", name: "P5", description: "Cosmetic", color: "555555"),
    ]

    static func workflows(now: Date) -> [PDWorkflow] {
        let made = now.addingTimeInterval(-200 * 86_400)
        return [
            PDWorkflow(
                id: "PWFMAJ1", name: "Major incident", createdAt: made, teamID: nil,
                text: "Opens a bridge, adds the incident commander and tells the stakeholders"),
            PDWorkflow(
                id: "PWFPAY1", name: "Payment provider outage", createdAt: made, teamID: "PTPAY01",
                text: "Adds the payments lead and publishes a status update"),
            PDWorkflow(
                id: "PWFDBA1", name: "Call the database people", createdAt: made, teamID: "PTPLT01",
                text: "Adds the on-call of the platform team as responders"),
        ]
    }
}

extension PDWorkflow {
    fileprivate init(id: String, name: String, createdAt: Date, teamID: String?, text: String) {
        self.init(id: id, name: name, description: text, createdAt: createdAt, teamID: teamID)
    }
}
