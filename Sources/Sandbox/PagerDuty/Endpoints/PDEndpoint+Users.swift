import Foundation

/// The account itself and its people.
extension PDEndpoint {
    static let abilities = [
        "teams", "read_only_users", "urgencies", "service_support_hours", "permissions_service", "sso",
        "advanced_reports", "coordinated_responding", "manual_alert_creation", "operations_command_console",
        "preview_incident_alert_split", "event_intelligence", "status_updates", "incident_workflows", "analytics",
    ]

    static let accounts: [PDEndpoint] = [
        PDEndpoint("GET", "abilities", .anyone) { _, account throws(PDFailure) in
            PDAnswer(json: ["abilities": .array(account.abilities.map(JSON.string))])
        },
        PDEndpoint("GET", "abilities/{}", .anyone) { call, account throws(PDFailure) in
            guard account.abilities.contains(call.id) else { throw .needsAbility(call.id) }
            return PDAnswer(status: 204)
        },
        PDEndpoint("GET", "licenses", .read) { _, account throws(PDFailure) in
            PDAnswer(json: ["licenses": .array([PDLicense.full, .stakeholder].map { $0.json(account) })])
        },
        PDEndpoint("GET", "license_allocations", .administer) { call, account throws(PDFailure) in
            let now = account
            return try PDPage.answer("license_allocations", account.users, for: call) { user in
                [
                    "license": PDLicense.of(user.role).json(now, counts: false),
                    "user": ["id": .string(user.id), "type": "user_reference"],
                    "allocated_at": .string(PDTime.format(user.createdAt)),
                ]
            }
        },
    ]

    static let users: [PDEndpoint] = [
        PDEndpoint("GET", "users", .read) { call, account throws(PDFailure) in
            let teams = call.values("team_ids")
            let found = account.users.filter { user in
                Self.matches(call, user.name, user.email)
                    && (teams.isEmpty || account.teamIDs(of: user.id).contains(where: teams.contains))
            }.sorted { $0.name < $1.name }
            return try PDPage.answer("users", found, for: call, render: PDRenderer(account, call).user)
        },
        PDEndpoint("GET", "users/me", .anyone) { call, account throws(PDFailure) in
            guard let user = call.user else { return PDAnswer(status: 400, json: ["error": .string(accountHasNoMe)]) }
            return PDAnswer(json: ["user": PDRenderer(account, call).user(user)])
        },
        PDEndpoint("GET", "users/{}", .read) { call, account throws(PDFailure) in
            guard let user = account.user(call.id) else { throw .notFound }
            return PDAnswer(json: ["user": PDRenderer(account, call).user(user)])
        },
        PDEndpoint("GET", "users/{}/license", .read) { call, account throws(PDFailure) in
            guard let user = account.user(call.id) else { throw .notFound }
            return PDAnswer(json: ["license": PDLicense.of(user.role).json(account, counts: false)])
        },
        PDEndpoint("GET", "users/{}/contact_methods", .read) { call, account throws(PDFailure) in
            guard let user = account.user(call.id) else { throw .notFound }
            var renderer = PDRenderer(account, call)
            renderer.includes = ["contact_methods"]
            return PDAnswer(json: ["contact_methods": renderer.user(user)["contact_methods"] ?? []])
        },
        PDEndpoint("POST", "users", .administer, from: true) { call, account throws(PDFailure) in
            let user = try newUser(call, account: &account)
            return PDAnswer(status: 201, json: ["user": PDRenderer(account, call).user(user)])
        },
        PDEndpoint("PUT", "users/{}", .administer) { call, account throws(PDFailure) in
            let user = try changedUser(call, account: &account)
            return PDAnswer(json: ["user": PDRenderer(account, call).user(user)])
        },
        PDEndpoint("DELETE", "users/{}", .administer) { call, account throws(PDFailure) in
            guard let user = account.user(call.id) else { throw .notFound }
            guard user.role != .owner else { throw .accessDenied }
            let busy = account.incidents.contains { $0.isOpen && $0.assignments.contains { $0.userID == user.id } }
            guard !busy else { throw .invalid("User cannot be deleted as they have open incidents") }
            let used =
                account.schedules.contains { $0.userIDs.contains(user.id) }
                || account.policies.contains { $0.rules.contains { $0.targets.contains(.user(user.id)) } }
            guard !used else {
                throw .invalid("User cannot be deleted as they are on a schedule or an escalation policy")
            }
            account.users.removeAll { $0.id == user.id }
            for index in account.teams.indices { account.teams[index].members.removeAll { $0.userID == user.id } }
            account.touch()
            return PDAnswer(status: 204)
        },
    ]

    static let accountHasNoMe =
        "This endpoint needs a user-level token and cannot be used with an account-level access token"

    /// Whether the `query` parameter is found in one of the texts.
    static func matches(_ call: PDCall, _ texts: String...) -> Bool {
        guard let query = call.value("query")?.lowercased(), !query.isEmpty else { return true }
        return texts.contains { $0.lowercased().contains(query) }
    }

    private static func newUser(_ call: PDCall, account: inout PDAccount) throws(PDFailure) -> PDUser {
        let json = try call.wrapped("user")
        guard let name = json["name"]?.string, !name.isEmpty, name.utf8.count <= 100 else {
            throw .invalid("Name can't be blank")
        }
        let email = json["email"]?.string ?? ""
        guard isEmail(email) else { throw .invalid("Email is invalid") }
        guard account.user(email: email) == nil else { throw .invalid("Email has already been taken") }
        // Who says no role gets the one that PagerDuty gives: a Manager.
        guard let role = PDRole(rawValue: json["role"]?.string ?? PDRole.user.rawValue), role != .owner else {
            throw .invalid("Role is invalid")
        }
        if let license = json["license"]?["id"]?.string, license != PDLicense.of(role).id {
            throw .invalid("License is invalid for this role")
        }
        try seat(role, in: account)
        let user = PDUser(
            id: account.random.id("P", length: 6), name: name, email: email, role: role,
            timeZone: try timeZone(json) ?? account.timeZone, jobTitle: json["job_title"]?.string,
            color: json["color"]?.string ?? "purple", description: json["description"]?.string,
            token: account.random.id("u+", length: 18), createdAt: call.now, invitationSent: true)
        account.users.append(user)
        account.touch()
        return user
    }

    private static func changedUser(_ call: PDCall, account: inout PDAccount) throws(PDFailure) -> PDUser {
        let json = try call.wrapped("user")
        guard let place = account.users.firstIndex(where: { $0.id == call.id }) else { throw .notFound }
        var user = account.users[place]
        if let name = json["name"]?.string { user.name = name }
        if let email = json["email"]?.string, email != user.email {
            guard isEmail(email) else { throw .invalid("Email is invalid") }
            guard account.user(email: email) == nil else { throw .invalid("Email has already been taken") }
            user.email = email
        }
        if let text = json["role"]?.string, text != user.role.rawValue {
            guard let role = PDRole(rawValue: text), role != .owner, user.role != .owner else {
                throw .invalid("Role is invalid")
            }
            if user.role.isStakeholder != role.isStakeholder { try seat(role, in: account) }
            user.role = role
        }
        if let zone = try timeZone(json) { user.timeZone = zone }
        if let title = json["job_title"] { user.jobTitle = title.string }
        account.users[place] = user
        account.touch()
        return user
    }

    private static func timeZone(_ json: JSON) throws(PDFailure) -> String? {
        guard let name = json["time_zone"]?.string else { return nil }
        guard TimeZone(identifier: name) != nil else { throw .invalid("Time zone is invalid") }
        return name
    }

    private static func seat(_ role: PDRole, in account: PDAccount) throws(PDFailure) {
        guard role.isStakeholder || account.takenSeats < PDAccount.seats else {
            throw .invalid("License is not available")
        }
        guard account.users.count < 1_000 else { throw .invalid("License is not available") }
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(UInt8(ascii: ".")) && text.utf8.count <= 254
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
