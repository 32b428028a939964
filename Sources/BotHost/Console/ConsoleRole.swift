/// What an administrator may do in the console. Each role may do what the ones before it may.
package enum ConsoleRole: String, Sendable, CaseIterable, Comparable {
    /// Looks, and changes nothing.
    case viewer
    /// Switches plugins, puts deliveries and jobs right.
    case manager
    /// Installs and removes workspaces, and says who may.
    case owner

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .manager: 1
        case .owner: 2
        }
    }

    package static func < (left: ConsoleRole, right: ConsoleRole) -> Bool { left.rank < right.rank }
}
