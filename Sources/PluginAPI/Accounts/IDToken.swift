package import FoundationEssentials

/// The claims of an id token that was fetched from the issuer itself.
///
/// Its signature is not looked at: it came over TLS from the issuer's own address, in answer to a request of ours with
/// our secret and our code, and there OpenID Connect lets TLS stand for the signature. One that came through a browser
/// must never be read with this.
/// - SeeAlso: <https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation>, step 6
package struct IDToken: Sendable {
    /// Everything that the token says.
    package let claims: JSONValue

    /// What is wrong with an id token; a stable word for the log, nothing of the token.
    package enum Fault: Error, Hashable {
        case unreadable
        case issuer
        case audience
        case time
        case nonce
    }

    /// Longest token that is read, in bytes.
    private static let limit = 16_384
    /// How far the clocks may be apart, in seconds.
    private static let tolerance: TimeInterval = 120

    /// - Parameter token: Three parts of base64url with dots between them.
    package init(_ token: String) throws(Fault) {
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard token.utf8.count <= Self.limit, parts.count == 3, let payload = Base64URL.decode(parts[1]),
            let claims = try? JSONValue(decoding: payload), claims.object != nil
        else { throw .unreadable }
        self.claims = claims
    }

    /// Holds the token against who should have issued it, for whom, when, and in answer to what.
    /// - Parameters:
    ///   - issuers: The addresses that the issuer goes by.
    ///   - audience: Our own id at the issuer.
    ///   - nonce: What we sent along.
    ///   - requiresNonce: False where the issuer is not known to give it back; one that comes back must be ours anyway.
    package func check(
        issuers: Set<String>, audience: String, nonce: String, requiresNonce: Bool, at now: Date
    ) throws(Fault) {
        guard let issuer = claims["iss"].string, issuers.contains(where: { $0.utf8.elementsEqual(issuer.utf8) })
        else { throw .issuer }
        let audiences = claims["aud"].array?.compactMap(\.string) ?? [claims["aud"].string].compactMap(\.self)
        guard audiences.contains(where: { $0.utf8.elementsEqual(audience.utf8) }) else { throw .audience }
        if let party = claims["azp"].string, !party.utf8.elementsEqual(audience.utf8) { throw .audience }
        guard let expiry = claims["exp"].double, expiry > now.timeIntervalSince1970 - Self.tolerance else {
            throw .time
        }
        let from = claims["nbf"].double ?? claims["iat"].double ?? 0
        guard from <= now.timeIntervalSince1970 + Self.tolerance else { throw .time }
        if let returned = claims["nonce"].string {
            guard returned.utf8.elementsEqual(nonce.utf8) else { throw .nonce }
        } else if requiresNonce {
            throw .nonce
        }
    }
}
