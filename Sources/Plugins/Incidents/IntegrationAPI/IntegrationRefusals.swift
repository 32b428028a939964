import PluginAPI

/// Refusals in the words of PagerDuty's Slack Integration API.
extension WebResponse {
    static let notFound = error(404, "Not Found")
    static let malformed = error(400, "Malformed JSON")
    static let invalid = error(400, "The payload is invalid.")
    static let otherWorkspace = error(
        404,
        "The PagerDuty has not been connected to this workspace. Please complete the installation and try again.")

    static func invalid(_ errors: [String]) -> WebResponse { error(400, "Invalid Input Provided", errors) }
}
