extension PagerDuty {
    /// What a person is in the account. PagerDuty decides what each may do; we only name it.
    package struct Role: RawRepresentable, Hashable, Sendable, Decodable {
        package var rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }

        package static let owner = Role(rawValue: "owner")
        package static let admin = Role(rawValue: "admin")
        package static let manager = Role(rawValue: "user")
        package static let responder = Role(rawValue: "limited_user")
        package static let observer = Role(rawValue: "observer")
        package static let restricted = Role(rawValue: "restricted_access")
        package static let fullStakeholder = Role(rawValue: "read_only_user")
        package static let limitedStakeholder = Role(rawValue: "read_only_limited_user")

        /// Stakeholders only look on; an incident can't be assigned to them.
        package var takesIncidents: Bool { self != .fullStakeholder && self != .limitedStakeholder }

        /// The name that PagerDuty's pages use for it.
        package var name: String {
            switch self {
            case .owner: "Account Owner"
            case .admin: "Global Admin"
            case .manager: "Manager"
            case .responder: "Responder"
            case .observer: "Observer"
            case .restricted: "Restricted Access"
            case .fullStakeholder: "Full Stakeholder"
            case .limitedStakeholder: "Limited Stakeholder"
            default: rawValue
            }
        }
    }
}
