package import FoundationEssentials

/// One request between the host and a simulated service, with its answer, as the inspector shows it.
package struct JournalEntry: Sendable {
    package enum Direction: String, Sendable {
        case toHost = "to host"
        case fromHost = "from host"
    }

    package enum Service: String, Sendable {
        case slack
        case pagerduty
    }

    /// Ascending number, given by the journal.
    package internal(set) var id = 0
    package var at: Date
    package var direction: Direction
    package var service: Service
    /// What kind of request it is in the service's own words: `slash_command`, `chat.postMessage`, `GET /services`.
    package var kind: String
    package var method: String
    package var path: String
    /// HTTP status of the answer; 0 where there was none.
    package var status: Int
    /// How long the answer took, in milliseconds.
    package var ms: Double
    /// `ok`, an error code of the service, or what else became of it.
    package var outcome: String
    package var request: String
    package var response: String
    /// The trace id that the host sent along, if any.
    package var trace: String?
    /// Whose token a call to PagerDuty carried: a user's id, or `account`.
    package var caller: String?

    package init(
        at: Date, direction: Direction, service: Service, kind: String, method: String, path: String, status: Int,
        ms: Double, outcome: String, request: String, response: String, trace: String? = nil,
        caller: String? = nil
    ) {
        self.at = at
        self.direction = direction
        self.service = service
        self.kind = kind
        self.method = method
        self.path = path
        self.status = status
        self.ms = ms
        self.outcome = outcome
        self.request = request
        self.response = response
        self.trace = trace
        self.caller = caller
    }

    var json: JSON {
        .compact([
            "id": .int(id), "at": .double(at.timeIntervalSince1970), "direction": .string(direction.rawValue),
            "service": .string(service.rawValue), "kind": .string(kind), "method": .string(method),
            "path": .string(path), "status": .int(status), "ms": .double((ms * 10).rounded() / 10),
            "outcome": .string(outcome), "request": .string(request), "response": .string(response),
            "trace": trace.map(JSON.string), "caller": caller.map(JSON.string),
        ])
    }
}
