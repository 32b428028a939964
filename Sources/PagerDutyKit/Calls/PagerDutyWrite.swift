package import PluginAPI

/// A call that changes something. It can be sent as a person and in no other way: only ``PagerDutyPerson`` takes it,
/// and that one sends it with the token of its person, so that PagerDuty itself decides whether they may.
package struct PagerDutyWrite<Response: Sendable>: Sendable {
    private let request: HTTPRequest
    /// The endpoint's schema asks for a `From` header with the e-mail address of a user of the account.
    private let needsFrom: Bool
    package let decode: @Sendable ([UInt8]) throws -> Response

    init(_ request: HTTPRequest, needsFrom: Bool, at key: String) where Response: Decodable {
        self.request = request
        self.needsFrom = needsFrom
        self.decode = { try Unwrapped<Response>.decode($0, at: key) }
    }

    /// A call whose answer is not read.
    init(_ request: HTTPRequest, needsFrom: Bool) where Response == PagerDuty.Done {
        self.request = request
        self.needsFrom = needsFrom
        self.decode = { _ in PagerDuty.Done() }
    }

    /// What to send for a person.
    ///
    /// - Parameter email: of the person whose token it will carry.
    package func request(from email: String) throws(PagerDutyError) -> HTTPRequest {
        needsFrom ? try request.from(email) : request
    }
}
