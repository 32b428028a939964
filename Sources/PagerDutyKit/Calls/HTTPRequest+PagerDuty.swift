private import FoundationEssentials
import PluginAPI

extension HTTPRequest {
    /// - SeeAlso: "Versioning" in PagerDuty's REST API guide.
    private static let accept = (name: "accept", value: "application/vnd.pagerduty+json;version=2")

    static func get(_ path: String, query: [(name: String, value: String)] = []) -> HTTPRequest {
        HTTPRequest("GET", path, query: query, headers: [accept])
    }

    /// Bodies here are text and lists of text, which always encode.
    static func post(_ path: String, json: some Encodable) -> HTTPRequest { sending("POST", path, json: json) }

    static func put(_ path: String, json: some Encodable) -> HTTPRequest { sending("PUT", path, json: json) }

    /// A request that says all with its path.
    static func post(_ path: String) -> HTTPRequest { HTTPRequest("POST", path, headers: [accept]) }

    static func delete(_ path: String) -> HTTPRequest { HTTPRequest("DELETE", path, headers: [accept]) }

    private static func sending(_ method: String, _ path: String, json: some Encodable) -> HTTPRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = (try? encoder.encode(json)).map { [UInt8]($0) } ?? []
        return HTTPRequest(
            method, path, headers: [accept, ("content-type", "application/json")], body: body)
    }

    /// The same request with the `From` header, which names a user of the account by e-mail address.
    ///
    /// - Throws: ``PagerDutyError`` when the address can't stand in a header.
    func from(_ email: String) throws(PagerDutyError) -> HTTPRequest {
        guard !email.isEmpty, email.utf8.count <= 254, email.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PagerDutyError(.invalid, actor: .person, isWrite: true)
        }
        var request = self
        request.headers.append(("from", email))
        return request
    }
}
