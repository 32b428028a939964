/// One of the account's two licences.
struct PDLicense: Sendable {
    var id: String
    var name: String
    var group: String
    var roles: [PDRole]

    static let full = PDLicense(
        id: "PLICFU1", name: "Business (Full User)", group: "FullUser",
        roles: [.owner, .admin, .user, .limitedUser, .observer, .restrictedAccess])
    static let stakeholder = PDLicense(
        id: "PLICST1", name: "Business (Stakeholder)", group: "Stakeholder",
        roles: [.readOnlyUser, .readOnlyLimitedUser])

    static func of(_ role: PDRole) -> PDLicense { role.isStakeholder ? stakeholder : full }

    func json(_ account: PDAccount, counts: Bool = true) -> JSON {
        let taken = account.users.count { roles.contains($0.role) }
        let seats = id == Self.full.id ? PDAccount.seats : 50
        var json: JSON = [
            "id": .string(id), "name": .string(name), "description": "",
            "valid_roles": .array(roles.map { .string($0.rawValue) }), "role_group": .string(group),
            "summary": .string(name), "type": "license", "self": nil, "html_url": nil,
        ]
        if counts {
            json["current_value"] = .int(taken)
            json["allocations_available"] = .int(max(0, seats - taken))
        }
        return json
    }
}
