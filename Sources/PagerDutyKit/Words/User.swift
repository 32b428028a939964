extension PagerDuty {
    /// A person in the PagerDuty account.
    package struct User: Hashable, Sendable, Decodable {
        package var id: ID
        package var name: String
        /// Absent in a reference that was not expanded.
        package var email: String?
        package var role: Role?
        /// A tz database name; absent where the account's own zone applies.
        package var timeZone: String?
        /// The invitation is still open.
        package var invitationSent: Bool
        package var link: WebLink?

        package init(
            id: ID, name: String, email: String? = nil, role: Role? = nil, timeZone: String? = nil,
            invitationSent: Bool = false, link: WebLink? = nil
        ) {
            self.id = id
            self.name = name
            self.email = email
            self.role = role
            self.timeZone = timeZone
            self.invitationSent = invitationSent
            self.link = link
        }

        /// Whether an address is this user's, in any case. By bytes: look-alikes are other addresses.
        package func hasEmail(_ address: String) -> Bool {
            email?.lowercased().utf8.elementsEqual(address.lowercased().utf8) == true
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            name = container.text(.name) ?? container.text(.summary) ?? id.value
            email = container.text(.email)
            role = container.tolerant(Role.self, .role)
            timeZone = container.text(.timeZone)
            invitationSent = container.flag(.invitationSent) ?? false
            link = container.tolerant(WebLink.self, .htmlURL)
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, summary, email, role
            case timeZone = "time_zone"
            case invitationSent = "invitation_sent"
            case htmlURL = "html_url"
        }
    }
}
