extension PagerDuty {
    /// How loudly people are told: `high` wakes them, `low` does not.
    package enum Urgency: String, Hashable, Sendable, Codable, CaseIterable {
        case high, low
    }
}
