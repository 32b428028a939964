/// The content of a message as an app gives it to the Web API, to a response URL or in an answer.
struct MessageContent: Sendable {
    var text: String
    var blocks: [JSON]?
    var attachments: [JSON]?
    var metadata: JSON?
    var warnings: [String] = []

    /// Longest text; what is beyond is cut off.
    static let longestText = 40_000
}
