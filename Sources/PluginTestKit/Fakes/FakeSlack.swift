package import PluginAPI

/// What a simulated Slack in memory answers, and what it was asked.
package struct FakeSlack: Sendable {
    /// One call.
    package struct Call: Sendable {
        package let method: String
        package let arguments: JSONValue
        package let pluginID: String
        package let workspaceID: String
    }

    /// A failure that is waiting, and how often it happens.
    package struct Fault: Sendable {
        package var error: SlackError
        package var times: Int

        package init(error: SlackError, times: Int) {
            self.error = error
            self.times = times
        }
    }

    /// Answers by method, in the order in which they are given out; the last one stays.
    package var answers: [String: [JSONValue]] = [:]
    /// Failures by method.
    package var faults: [String: Fault] = [:]
    /// True where Slack answers nothing at all.
    package var isDown = false
    package var calls: [Call] = []
    /// Charts that were put into Slack, in order.
    package var charts: [Chart] = []

    /// Takes a failure of a method that is waiting, if there is one.
    mutating func fault(of method: String) -> SlackError? {
        guard var fault = faults[method] else { return nil }
        fault.times -= 1
        faults[method] = fault.times > 0 ? fault : nil
        return fault.error
    }

    /// The answers of a method.
    package subscript(_ method: String) -> [JSONValue]? {
        get { answers[method] }
        set { answers[method] = newValue }
    }
}

/// A service with accounts, in memory.
package struct FakeAccount: Sendable {
    /// One request.
    package struct Asked: Sendable, Equatable {
        /// Nil: with the workspace's credential.
        package var person: String?
        package var request: HTTPRequest

        /// `account: GET /services?limit=100`
        package var line: String {
            let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            return "\(person ?? "account"): \(request.method) \(request.target)" + (query.isEmpty ? "" : "?\(query)")
        }

        /// The body as JSON.
        package var body: JSONValue { (try? JSONValue(decoding: request.body)) ?? .null }
    }

    /// Says what is a read; where there is none, `GET` and `HEAD` are.
    package var provider: (any AccountProvider)?
    /// Answers by `GET /path`, in the order in which they are given out; the last one stays.
    package var answers: [String: [HTTPResponse]] = [:]
    /// Who is linked, by Slack's id of the person.
    package var linked: [String: LinkedAccount] = [:]
    package var mapped: MappedAccount?
    package var isRevoked = false
    /// Thrown instead of an answer whose status is 0.
    package var fault: (any Error & Sendable)?
    package var asked: [Asked] = []

    package init() {}

    func isRead(_ request: HTTPRequest) -> Bool {
        provider?.isRead(request) ?? ["GET", "HEAD"].contains(request.method)
    }
}
