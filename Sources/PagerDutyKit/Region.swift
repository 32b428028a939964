extension PagerDuty {
    /// Where an account lives; its data never leaves that region, so neither do our calls.
    package enum Region: String, Hashable, Sendable, CaseIterable {
        case us, eu
    }

    /// The addresses to call, without a trailing slash.
    package struct Endpoints: Hashable, Sendable {
        /// REST API, such as `https://api.pagerduty.com`.
        package var api: String
        /// OAuth, such as `https://identity.pagerduty.com`.
        package var identity: String

        /// - Parameters:
        ///   - region: decides the REST address.
        ///   - api: replaces the region's, for a simulated account.
        ///   - identity: replaces the identity provider's, for a simulated account.
        package init(_ region: Region = .us, api: String? = nil, identity: String? = nil) {
            let regional =
                switch region {
                case .us: "https://api.pagerduty.com"
                case .eu: "https://api.eu.pagerduty.com"
                }
            self.api = Self.withoutSlash(api ?? regional)
            self.identity = Self.withoutSlash(identity ?? "https://identity.pagerduty.com")
        }

        private static func withoutSlash(_ address: String) -> String {
            var address = Substring(address)
            while address.utf8.last == UInt8(ascii: "/") { address = address.dropLast() }
            return String(address)
        }
    }
}
