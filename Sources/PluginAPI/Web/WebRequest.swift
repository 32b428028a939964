/// A request of another program, or of a browser, to a ``WebRoute(_:_:authorization:bodyLimit:_:)``.
///
/// Everything in it is untrusted; who sent it is known only as far as ``caller`` says.
public struct WebRequest: Sendable {
    /// The request's method.
    public let method: WebMethod
    /// The components of the path below the plugin's prefix, percent-decoded.
    public let path: [String]
    /// What stood where the route's path has a name in braces, by that name.
    public let parameters: [String: String]
    /// The query's fields in their order, percent-decoded.
    public let query: [(name: String, value: String)]
    /// The body, within the route's limit.
    public let body: [UInt8]
    /// Who asks, where the route wants a token.
    public let caller: WebCaller?

    /// Makes a request; the host and the test kit do.
    public init(
        method: WebMethod, path: [String], parameters: [String: String] = [:],
        query: [(name: String, value: String)] = [], body: [UInt8] = [], caller: WebCaller? = nil
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.body = body
        self.caller = caller
    }

    /// What stood where the route's path has this name in braces.
    /// - Parameter parameter: The name, without the braces.
    /// - Returns: The text, or an empty one where the route's path has no such name.
    public subscript(parameter: String) -> String { parameters[parameter] ?? "" }

    /// The first field of the query with this name.
    /// - Returns: Its value, or `nil` where there is none.
    public func field(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

/// Who sent a ``WebRequest``: the API token that it carried.
public struct WebCaller: Sendable, Hashable {
    /// The token's id.
    public let id: String
    /// The name that an administrator gave to the token.
    public let name: String

    /// Makes a caller; the host and the test kit do.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// A method of HTTP that a plugin can answer.
/// - SeeAlso: <https://www.rfc-editor.org/rfc/rfc9110#name-methods>
public enum WebMethod: String, Sendable, Hashable, CaseIterable {
    /// Reads.
    case get = "GET"
    /// Makes something, or does something.
    case post = "POST"
    /// Puts something in the place of what is there.
    case put = "PUT"
    /// Changes a part.
    case patch = "PATCH"
    /// Takes something away.
    case delete = "DELETE"
}
