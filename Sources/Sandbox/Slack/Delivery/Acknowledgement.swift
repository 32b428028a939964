import FoundationEssentials

/// What became of a request to the app.
struct Acknowledgement: Sendable {
    /// HTTP status; 0 where there was no answer.
    var status: Int
    var ms: Double
    /// `ok`, or the word that Slack shows for what went wrong.
    var outcome: String
    var contentType = ""
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    var isOK: Bool { outcome == "ok" }

    /// Whether the body says that it is JSON, or looks as if it were an object.
    var bodyIsJSON: Bool {
        contentType.lowercased().hasPrefix("application/json") || body.first == UInt8(ascii: "{")
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    private var response: JSON? {
        if body.isEmpty { return nil }
        if bodyIsJSON, let json = JSON.parse(body) { return json }
        return .string(text)
    }

    /// As the interface for scripts reports it.
    var json: JSON {
        .compact([
            "ok": .bool(isOK), "status": .int(status), "ms": .double((ms * 10).rounded() / 10),
            "outcome": .string(outcome),
            "response": response,
        ])
    }

    /// The word for an answer's HTTP status.
    static func outcome(status: Int) -> String {
        switch status {
        case 200..<300: "ok"
        case 400..<500: "http_client_error"
        case 500...: "http_service_error"
        default: "dispatch_failed"
        }
    }
}
