package import FoundationEssentials

/// A call that changes nothing. It may carry the account's key or a person's token.
package struct PagerDutyRead<Response: Sendable>: Sendable {
    package let request: PagerDutyRequest
    package let decode: @Sendable (Data) throws -> Response

    /// Not `package`: which calls there are is decided in this module, call by call.
    init(_ request: PagerDutyRequest, decode: @escaping @Sendable (Data) throws -> Response) {
        self.request = request
        self.decode = decode
    }

    /// A call whose answer holds what is wanted under one key.
    init(_ request: PagerDutyRequest, at key: String, as type: Response.Type = Response.self)
    where Response: Decodable {
        self.init(request) { try JSONDecoder().decode(Unwrapped<Response>.self, from: $0, configuration: key).value }
    }
}
