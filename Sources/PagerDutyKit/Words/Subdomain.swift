private import FoundationEssentials

extension PagerDuty {
    /// The name of the account in its web address: `acme` of `acme.pagerduty.com`.
    struct Subdomain: Sendable, Decodable {
        /// `nil` where nothing told it.
        var value: String?

        init(from decoder: any Decoder) throws {
            let user = try TolerantArray<User>(from: decoder).elements.first
            value = user?.subdomains.first ?? user?.link.flatMap(Self.first(of:))
        }

        /// `https://acme.pagerduty.com/users/P1` → `acme`
        private static func first(of link: WebLink) -> String? {
            guard let labels = URL(string: link.address)?.host()?.split(separator: "."), labels.count > 2,
                labels.suffix(2) == ["pagerduty", "com"]
            else { return nil }
            return String(labels[0])
        }

        private struct User: Decodable {
            var subdomains: [String]
            var link: WebLink?

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                subdomains = container.elements(String.self, .subdomains)
                link = container.tolerant(WebLink.self, .htmlURL)
            }

            private enum CodingKeys: String, CodingKey {
                case subdomains
                case htmlURL = "html_url"
            }
        }
    }
}
