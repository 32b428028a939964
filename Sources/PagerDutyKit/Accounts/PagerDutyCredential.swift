/// A secret for PagerDuty's REST API and how it is put on a request.
struct PagerDutyCredential: Sendable {
    private let secret: String

    init(_ secret: String) { self.secret = secret }

    /// Printable ASCII without spaces and quotes, of a length that a token could have. Anything else would change the
    /// header it stands in.
    var isPlausible: Bool {
        (8...512).contains(secret.utf8.count)
            && secret.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"'".utf8.contains($0) }
    }

    /// The value of the `Authorization` header: API keys and user API tokens are `Token token=`, what OAuth handed out
    /// is a bearer token.
    ///
    /// - SeeAlso: "Authentication" in PagerDuty's REST API guide.
    var authorization: String {
        let isOAuth = ["pdus+", "pdeu+"].contains { secret.utf8.starts(with: $0.utf8) }
        return isOAuth ? "Bearer \(secret)" : "Token token=\(secret)"
    }
}
