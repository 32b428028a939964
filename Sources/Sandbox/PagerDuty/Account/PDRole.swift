/// A base role of a PagerDuty user, by the name that the API uses.
enum PDRole: String, Sendable, CaseIterable {
    case owner
    case admin
    /// A Manager.
    case user
    /// A Responder.
    case limitedUser = "limited_user"
    case observer
    case restrictedAccess = "restricted_access"
    /// A Full Stakeholder.
    case readOnlyUser = "read_only_user"
    /// A Limited Stakeholder, who sees internal status pages only.
    case readOnlyLimitedUser = "read_only_limited_user"

    /// The role's name on PagerDuty's own pages.
    var title: String {
        switch self {
        case .owner: "Account Owner"
        case .admin: "Global Admin"
        case .user: "Manager"
        case .limitedUser: "Responder"
        case .observer: "Observer"
        case .restrictedAccess: "Restricted Access"
        case .readOnlyUser: "Full Stakeholder"
        case .readOnlyLimitedUser: "Limited Stakeholder"
        }
    }

    /// Stakeholders have a licence of their own kind.
    var isStakeholder: Bool { self == .readOnlyUser || self == .readOnlyLimitedUser }

    /// Whether the role may see the account's incidents, services and people.
    var seesAccount: Bool { self != .readOnlyLimitedUser }

    /// Restricted Access sees nothing but the incidents that are assigned to it.
    var seesOnlyAssigned: Bool { self == .restrictedAccess }

    /// Observers may trigger incidents (PagerDuty says so of its Slack app, which acts with the user's token).
    var mayTrigger: Bool { [.owner, .admin, .user, .limitedUser, .observer].contains(self) }

    /// Whether the role may respond to incidents that are assigned to somebody else.
    var respondsToAny: Bool { [.owner, .admin, .user, .limitedUser].contains(self) }

    /// Whether the role may respond to the incidents that are assigned to it.
    var respondsToAssigned: Bool { !isStakeholder }

    /// Whether the role may create overrides on any schedule.
    var mayOverride: Bool { respondsToAny }

    /// Whether the role may change services, policies, schedules, extensions and webhooks.
    var mayConfigure: Bool { [.owner, .admin, .user].contains(self) }

    /// Whether the role may add and change users.
    var mayAdminister: Bool { self == .owner || self == .admin }
}
