extension PagerDuty {
    /// A person who is to be added to the account.
    package struct NewUser: Hashable, Sendable, Encodable {
        package var name: String
        package var email: String
        package var role: Role
        /// A tz database name.
        package var timeZone: String?

        package init(name: String, email: String, role: Role, timeZone: String? = nil) {
            self.name = name
            self.email = email
            self.role = role
            self.timeZone = timeZone
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("user", forKey: .type)
            try container.encode(name, forKey: .name)
            try container.encode(email, forKey: .email)
            try container.encode(role.rawValue, forKey: .role)
            try container.encodeIfPresent(timeZone, forKey: .timeZone)
        }

        private enum CodingKeys: String, CodingKey {
            case type, name, email, role
            case timeZone = "time_zone"
        }
    }
}
