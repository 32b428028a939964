package import FoundationEssentials

extension PagerDuty {
    /// One person on call at one level of one policy for one stretch of time.
    package struct OnCall: Hashable, Sendable, Decodable {
        package var user: User
        package var escalationPolicy: Reference
        /// 1 is told first.
        package var level: Int
        /// Absent where the person stands in the policy without a schedule.
        package var schedule: Reference?
        /// Absent where the person is on call permanently.
        package var start: Date?
        /// Absent where the person does not go off call.
        package var end: Date?

        package init(
            user: User, escalationPolicy: Reference, level: Int, schedule: Reference? = nil, start: Date? = nil,
            end: Date? = nil
        ) {
            self.user = user
            self.escalationPolicy = escalationPolicy
            self.level = level
            self.schedule = schedule
            self.start = start
            self.end = end
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            user = try container.decode(User.self, forKey: .user)
            escalationPolicy = try container.decode(Reference.self, forKey: .escalationPolicy)
            level = container.count(.level) ?? 1
            schedule = container.tolerant(Reference.self, .schedule)
            start = container.moment(.start)
            end = container.moment(.end)
        }

        private enum CodingKeys: String, CodingKey {
            case user, schedule, start, end
            case escalationPolicy = "escalation_policy"
            case level = "escalation_level"
        }
    }
}
