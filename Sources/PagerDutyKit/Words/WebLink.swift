private import FoundationEssentials
private import PluginAPI

extension PagerDuty {
    /// A page for people (`html_url`), fit to be put behind a label: `https`, or `http` on this machine, where a
    /// simulated account lives.
    package struct WebLink: Hashable, Sendable, Codable {
        package let address: String

        /// - Returns: `nil` for any other scheme, for addresses with user information, and for text that holds a
        ///   character which means something in Slack's markup or no visible one.
        package init?(_ address: String) {
            let bytes = address.utf8
            guard (9...2000).contains(bytes.count), bytes.allSatisfy(Self.isPlain) else { return nil }
            guard let url = URL(string: address), let host = url.host(), !host.isEmpty, url.user() == nil else {
                return nil
            }
            switch url.scheme {
            case "https": break
            case "http" where Self.isThisMachine(host): break
            default: return nil
            }
            self.address = address
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            guard let link = Self(try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a link to show")
            }
            self = link
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(address)
        }

        /// `localhost` and every name below it are the loopback address, wherever they are looked up; a simulated account
        /// has its own name there, as `acme.pagerduty.com` is an account's own.
        /// - SeeAlso: <https://www.rfc-editor.org/rfc/rfc6761#section-6.3>
        private static func isThisMachine(_ host: String) -> Bool {
            WebAddress.isThisMachine(host)
                || host.utf8.count > 10 && host.utf8.suffix(10).elementsEqual(".localhost".utf8)
        }

        private static func isPlain(_ byte: UInt8) -> Bool {
            (0x21...0x7E).contains(byte) && !#"<>|"\^`{}"#.utf8.contains(byte)
        }
    }
}
