import PluginAPI

/// The requests that change nothing in PagerDuty, and so may carry the account's key.
///
/// What PagerDuty does with a request is decided by its method and path; anything that could make either mean something
/// else at the other end is no read.
enum PagerDutyReads {
    /// Analytics are asked for with POST, because the filters are too long for an address.
    private static let posts = Set(
        PagerDuty.MetricsTable.Rows.allCases.map { "/analytics/metrics/incidents/\($0.rawValue)" }
            + ["/analytics/metrics/responders/teams"])

    static func contains(_ request: HTTPRequest) -> Bool {
        guard isPlain(request.target), !request.headers.contains(where: { overridesMethod($0.name) }) else {
            return false
        }
        switch request.method {
        case "GET": return request.body.isEmpty
        case "POST": return posts.contains(request.target)
        default: return false
        }
    }

    /// Webhook subscriptions: what the account's key may make, change and remove.
    static func isSubscriptionUpkeep(_ request: HTTPRequest) -> Bool {
        guard isPlain(request.target), !request.headers.contains(where: { overridesMethod($0.name) }),
            ["POST", "PUT", "DELETE"].contains(request.method)
        else { return false }
        let path = "/webhook_subscriptions"
        return request.target == path || request.target.utf8.starts(with: (path + "/").utf8)
    }

    /// A path of plain segments: no query, no percent-encoding, no `.` and so no `..`.
    private static func isPlain(_ target: String) -> Bool {
        target.utf8.first == UInt8(ascii: "/") && !target.utf8.starts(with: "//".utf8)
            && target.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }

    /// `X-HTTP-Method-Override` and its kin.
    private static func overridesMethod(_ name: String) -> Bool {
        name.lowercased().contains("method")
    }
}
