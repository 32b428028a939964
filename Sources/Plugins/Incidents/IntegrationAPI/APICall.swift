import PluginAPI

/// A call of the Slack Integration API, its authorization checked already.
struct APICall: Sendable {
    var method: String
    /// The path below `/integration-slack`, component by component.
    var path: [String]
    var query: [String: String] = [:]
    var body: [UInt8] = []
}

/// What is answered to it.
struct APIAnswer: Sendable, Hashable {
    var status: Int
    /// `nil` where there is nothing to say, as after a removal.
    var body: JSONValue?

    /// A refusal in PagerDuty's form.
    static func error(_ status: Int, _ message: String, _ errors: [String] = []) -> APIAnswer {
        var error: [String: JSONValue] = ["message": .string(message)]
        if !errors.isEmpty { error["errors"] = .array(errors.map(JSONValue.string)) }
        return APIAnswer(status: status, body: ["error": .object(error)])
    }

    static let notFound = error(404, "Not Found")
    static let malformed = error(400, "Malformed JSON")
    static let invalid = error(400, "The payload is invalid.")
    static let otherWorkspace = error(
        404,
        "The PagerDuty has not been connected to this workspace. Please complete the installation and try again.")

    static func invalid(_ errors: [String]) -> APIAnswer { error(400, "Invalid Input Provided", errors) }
}
