extension PagerDuty {
    /// The account's kinds of seats.
    package struct Licenses: Hashable, Sendable, Decodable {
        package var all: [License]

        package init(from decoder: any Decoder) throws {
            all = try TolerantArray<License>(from: decoder).elements
        }

        /// No seat is left for somebody of this role. `false` where no kind of seat is known for it: then PagerDuty
        /// has to say.
        package func areUsedUp(for role: Role) -> Bool {
            let fitting = all.filter { $0.validRoles.contains(role) }
            return !fitting.isEmpty && fitting.allSatisfy { ($0.seatsLeft ?? .max) <= 0 }
        }
    }
}
