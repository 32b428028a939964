/// What a ``WebRoute(_:_:authorization:bodyLimit:_:)`` answers.
///
/// The host adds what keeps it from being stored by a proxy or taken for something else by a browser.
public struct WebResponse: Sendable, Hashable {
    /// The status, 200–599.
    public let status: Int
    /// What the body is, such as `application/json`; `nil` where there is none.
    public let contentType: String?
    /// The body.
    public let body: [UInt8]

    /// Makes an answer.
    /// - Parameters:
    ///   - status: What is out of 200–599 is answered as 500.
    ///   - contentType: What the body is.
    ///   - body: At most 4 MiB.
    public init(status: Int, contentType: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// JSON.
    /// - Parameters:
    ///   - value: The whole body.
    ///   - status: 200 unless said otherwise.
    public static func json(_ value: JSONValue, status: Int = 200) -> WebResponse {
        WebResponse(status: status, contentType: "application/json; charset=utf-8", body: value.encoded)
    }

    /// Done, and there is nothing to say: 204.
    public static let noContent = WebResponse(status: 204)

    /// A refusal in the form that the host's own have: `{"error": {"message": …}}`.
    /// - Parameters:
    ///   - status: 400–599.
    ///   - message: One sentence for whoever wrote the program.
    ///   - errors: What is wrong, one by one.
    public static func error(_ status: Int, _ message: String, _ errors: [String] = []) -> WebResponse {
        var error: [String: JSONValue] = ["message": .string(message)]
        if !errors.isEmpty { error["errors"] = .array(errors.map(JSONValue.string)) }
        return .json(["error": .object(error)], status: status)
    }
}
