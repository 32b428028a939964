package import FoundationEssentials

/// Decides whether an address that Slack named may be called: a `response_url`, or the one that a file is sent to.
///
/// The address comes from outside, so it is a way to make the host call something of the sender's choosing.
/// Only Slack's own hosts are let through, compared whole: `https://hooks.slack.com@evil.example` is not Slack.
package struct ResponseURL: Sendable {
    /// Slack, and Slack for governments.
    package static let hosts = ["hooks.slack.com", "hooks.slack-gov.com"]

    /// Where files are sent to.
    package static let uploadHosts = ["files.slack.com", "files.slack-gov.com"]

    private let hosts: [String]
    private let override: Address?

    /// Makes a guard.
    ///
    /// - Parameter slackURL: The configured address of Slack. If it is a loopback address (a simulator), addresses
    ///   on the same scheme, host and port are let through as well, and no others gain anything.
    package init(slackURL: String? = nil, hosts: [String] = Self.hosts) {
        self.hosts = hosts
        override = slackURL.flatMap { Address($0) }.flatMap { $0.isLoopback ? $0 : nil }
    }

    /// The address if it may be called, else nil.
    package func allowed(_ text: String) -> URL? {
        guard let address = Address(text) else { return nil }
        if let override, address.isSameServer(as: override) { return address.url }
        guard address.scheme == "https", address.port == nil || address.port == 443 else { return nil }
        return hosts.contains(address.host) ? address.url : nil
    }
}

/// The parts of an address that decide where it leads.
private struct Address {
    let url: URL
    let scheme: String
    let host: String
    let port: Int?

    init?(_ text: String) {
        // Visible ASCII only: parsers disagree about everything else, and Slack sends nothing else. The same goes
        // for the backslash, which some take for a slash.
        guard text.utf8.count <= 2048,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
            let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host?.lowercased(),
            scheme == "http" || scheme == "https", !host.isEmpty,
            url.user == nil, url.password == nil, url.fragment == nil
        else { return nil }
        self.url = url
        self.scheme = scheme
        self.host = host
        port = url.port
    }

    /// A numeric loopback address or `localhost`; a name that merely resolves to one does not count.
    var isLoopback: Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    func isSameServer(as other: Address) -> Bool {
        scheme == other.scheme && host == other.host && effectivePort == other.effectivePort
    }

    private var effectivePort: Int { port ?? (scheme == "https" ? 443 : 80) }
}
