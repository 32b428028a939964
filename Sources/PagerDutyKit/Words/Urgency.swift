import PluginAPI

extension PagerDuty {
    /// How loudly people are told: `high` wakes them, `low` does not.
    package enum Urgency: String, Hashable, Sendable, Codable, CaseIterable, ArgumentValue {
        case high, low

        /// For people.
        package var name: String {
            switch self {
            case .high: "High"
            case .low: "Low"
            }
        }
    }
}
