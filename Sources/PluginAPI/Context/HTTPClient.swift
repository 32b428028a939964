/// Other services over HTTPS: only the hosts that the plugin's manifest names, no redirects, 3 seconds to connect,
/// 10 in all, at most 4 MiB of answer.
public struct HTTPClient: Sendable {
    let core: ContextCore

    /// Sends a request.
    /// - Throws: ``HTTPFault``. An answer of any status is an answer, not an error.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await core.services.sendHTTP(request, for: core)
    }
}

/// A request to another service.
public struct HTTPRequest: Sendable, Hashable {
    /// `GET`, `POST`, …
    public var method: String
    /// An absolute `https` address; for an ``AccountAccess`` a path such as `/users/me`.
    public var target: String
    /// Names and values to append as a query, encoded by the host.
    public var query: [(name: String, value: String)] = []
    /// Header fields.
    public var headers: [(name: String, value: String)] = []
    /// The body.
    public var body: [UInt8]

    /// Makes a request.
    public init(
        _ method: String = "GET", _ target: String, query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.target = target
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// Two requests are the same where all they send is.
    public static func == (a: HTTPRequest, b: HTTPRequest) -> Bool {
        a.method == b.method && a.target == b.target && a.body == b.body
            && a.query.elementsEqual(b.query, by: ==) && a.headers.elementsEqual(b.headers, by: ==)
    }

    /// Hashes what most requests differ in.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(target)
        hasher.combine(body)
    }
}

/// What another service answered.
public struct HTTPResponse: Sendable {
    /// The status, 100–599.
    public let status: Int
    /// Header fields, names in lower case.
    public let headers: [(name: String, value: String)]
    /// The body, at most 4 MiB.
    public let body: [UInt8]

    /// Makes an answer; the host and the test kit do.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first field with this name.
    /// - Parameter name: In lower case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}

/// Why there was no answer.
public enum HTTPFault: Error, Hashable {
    /// The manifest does not name this host, or it is no `https` address.
    case notAllowed
    /// No connection.
    case unreachable
    /// No answer in time; what was asked may have happened all the same.
    case timeout
    /// An answer of more than 4 MiB.
    case tooLarge
}
