import Foundation
import PluginAPI

/// Where a socket leads, checked: a host of the Slack that is configured, and no other.
struct SocketEndpoint: Sendable, Hashable {
    let host: String
    let port: Int
    let isSecure: Bool
    /// Path and query; the ticket is in it, so that it is never logged.
    let target: String

    /// - Parameters:
    ///   - text: What `apps.connections.open` gave.
    ///   - slackURL: The Slack that was asked. A simulator on this machine may lead to another port of it.
    init?(_ text: String, slackURL: String) {
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: text), let own = URLComponents(string: slackURL)?.host?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty, parts.user == nil, parts.password == nil,
            parts.fragment == nil
        else { return nil }
        let isHere = WebAddress.isThisMachine(own)
        switch parts.scheme?.lowercased() {
        case "wss":
            isSecure = true
            guard isHere ? WebAddress.isThisMachine(host) : Self.isWithin(host, own) else { return nil }
            guard isHere || parts.port == nil || parts.port == 443 else { return nil }
        case "ws":
            isSecure = false
            guard isHere, WebAddress.isThisMachine(host) else { return nil }
        default: return nil
        }
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        self.host = host
        port = parts.port ?? (isSecure ? 443 : 80)
        target = path + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
        guard (1...65_535).contains(port) else { return nil }
    }

    /// The domain itself, or a name below it.
    private static func isWithin(_ host: String, _ domain: String) -> Bool {
        let (host, domain) = (Array(host.utf8), Array(domain.utf8))
        if host == domain { return true }
        return host.count > domain.count + 1 && host.suffix(domain.count).elementsEqual(domain)
            && host[host.count - domain.count - 1] == UInt8(ascii: ".")
    }
}
