/// One method and path of the simulated REST API.
struct PDEndpoint: Sendable {
    typealias Handler = @Sendable (PDCall, inout PDAccount) throws(PDFailure) -> PDAnswer

    /// What a role needs for the call; what depends on the incident is decided by the handler.
    enum Permission: Sendable {
        /// Any valid credential.
        case anyone
        /// To see the account.
        case read
        /// To see incidents, of which Restricted Access sees its own.
        case readIncidents
        case trigger
        /// To respond to incidents, all or those assigned.
        case respond
        case override
        case configure
        case administer
    }

    var method: String
    /// Segments; `{}` takes any.
    var path: [String]
    var permission: Permission
    /// Whether PagerDuty's schema requires the `From` header.
    var requiresFrom = false
    /// What the account's plan must include.
    var ability: String?
    /// Calls a minute of this operation alone, on top of the general limit.
    var perMinute: Int?
    var handle: Handler

    init(
        _ method: String, _ path: String, _ permission: Permission, from: Bool = false,
        ability: String? = nil, perMinute: Int? = nil,
        _ handle: @escaping Handler
    ) {
        self.method = method
        self.path = path.split(separator: "/").map(String.init)
        self.permission = permission
        self.requiresFrom = from
        self.ability = ability
        self.perMinute = perMinute
        self.handle = handle
    }

    /// What stands at the `{}` where the path fits.
    func match(_ segments: [String]) -> [String]? {
        guard segments.count == path.count else { return nil }
        var parameters: [String] = []
        for (wanted, given) in zip(path, segments) {
            if wanted == "{}" { parameters.append(given) } else if wanted != given { return nil }
        }
        return parameters
    }

    /// Throws PagerDuty's 403 where the caller's role does not reach this.
    func permit(_ caller: PDCall.Caller) throws(PDFailure) {
        guard case .user(let user) = caller else { return }
        let role = user.role
        let permitted =
            switch permission {
            case .anyone: true
            case .read: role.seesAccount && !role.seesOnlyAssigned
            case .readIncidents: role.seesAccount
            case .trigger: role.mayTrigger
            case .respond: role.respondsToAssigned
            case .override: role.mayOverride
            case .configure: role.mayConfigure
            case .administer: role.mayAdminister
            }
        guard permitted else { throw .accessDenied }
    }

    /// Everything that the simulator answers. A literal path stands before one with a `{}` in its place.
    static let all: [PDEndpoint] =
        accounts + users + teams + services + policies + schedules + incidents + customFields + collaboration + logs
        + workflows + responsePlays + analytics + extensions + webhooks

    enum Match {
        case found(PDEndpoint, [String])
        case wrongMethod
        case none
    }

    static func find(_ method: String, _ segments: [String]) -> Match {
        var isKnown = false
        for endpoint in all {
            guard let parameters = endpoint.match(segments) else { continue }
            if endpoint.method == method { return .found(endpoint, parameters) }
            isKnown = true
        }
        return isKnown ? .wrongMethod : .none
    }
}
