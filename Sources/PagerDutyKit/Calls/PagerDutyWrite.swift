package import FoundationEssentials

/// A call that changes something. It can be sent as a person and in no other way: ``PagerDuty`` takes it only with
/// the token of whoever asked for it, so that PagerDuty itself decides whether they may.
package struct PagerDutyWrite<Response: Sendable>: Sendable {
    let request: PagerDutyRequest
    /// The endpoint's schema asks for a `From` header with the e-mail address of a user of the account.
    let needsFrom: Bool
    package let decode: @Sendable (Data) throws -> Response

    init(_ request: PagerDutyRequest, needsFrom: Bool, at key: String) where Response: Decodable {
        self.request = request
        self.needsFrom = needsFrom
        self.decode = { try JSONDecoder().decode(Unwrapped<Response>.self, from: $0, configuration: key).value }
    }

    /// What to send for this person.
    ///
    /// - Parameter email: of the person whose token it will carry.
    package func request(from email: String) -> PagerDutyRequest {
        var request = request
        if needsFrom { request.from = email }
        return request
    }
}
