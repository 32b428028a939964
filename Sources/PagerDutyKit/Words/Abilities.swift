extension PagerDuty {
    /// What the account's plan includes, by name, such as `teams` or `coordinated_responding`.
    package struct Abilities: Hashable, Sendable, Decodable {
        package var names: Set<String>

        package init(from decoder: any Decoder) throws {
            names = Set(try TolerantArray<String>(from: decoder).elements)
        }

        package func contains(_ name: String) -> Bool { names.contains(name) }
    }
}
