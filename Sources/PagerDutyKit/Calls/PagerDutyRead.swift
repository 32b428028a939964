private import FoundationEssentials
package import PluginAPI

/// A call that changes nothing. It may carry the account's key or a person's token.
package struct PagerDutyRead<Response: Sendable>: Sendable {
    package let request: HTTPRequest
    package let decode: @Sendable ([UInt8]) throws -> Response

    /// Not `package`: which calls there are is decided in this module, call by call.
    init(_ request: HTTPRequest, decode: @escaping @Sendable ([UInt8]) throws -> Response) {
        self.request = request
        self.decode = decode
    }

    /// A call whose answer holds what is wanted under one key.
    init(_ request: HTTPRequest, at key: String) where Response: Decodable {
        self.init(request) { try Unwrapped<Response>.decode($0, at: key) }
    }
}
