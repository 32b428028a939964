extension PagerDuty {
    /// A kind of seat in the account and how many are left.
    ///
    /// - SeeAlso: `GET /licenses` in PagerDuty's REST API reference.
    package struct License: Hashable, Sendable, Decodable {
        package var id: ID
        package var name: String
        package var validRoles: [Role]
        /// Absent where the account may add people without end.
        package var seatsLeft: Int?

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            name = container.text(.name) ?? container.text(.summary) ?? id.value
            validRoles = container.elements(Role.self, .validRoles)
            seatsLeft = container.count(.seatsLeft)
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, summary
            case validRoles = "valid_roles"
            case seatsLeft = "allocations_available"
        }
    }
}
