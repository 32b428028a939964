import FoundationEssentials

/// Something that goes wrong on purpose.
package struct Fault: Sendable, Equatable {
    /// Who misbehaves. `host` is the way from the simulators to the host.
    package enum Target: String, Sendable, CaseIterable {
        case slack
        case pagerduty
        case host
    }

    package enum Kind: Sendable, Equatable {
        /// The connection is closed without an answer.
        case down
        /// What was asked is done, and the connection is closed before the answer.
        case lost
        /// The answer comes late.
        case slow(Duration)
        /// 429 with `Retry-After`, in seconds.
        case rateLimited(retryAfter: Int)
        /// An error of the service: Slack's error word, or an HTTP status for PagerDuty and the host.
        case error(code: String)
    }

    package internal(set) var id = 0
    package var target: Target
    package var kind: Kind
    /// `chat.postMessage`, `POST /incidents`; nil is any.
    package var method: String?
    /// The conversation that a call of Slack's Web API is about; nil is any.
    package var channel: String?
    /// How many requests it is still good for; nil is until it is taken back.
    package var remaining: Int?

    package init(target: Target, kind: Kind, method: String? = nil, channel: String? = nil, count: Int? = nil) {
        self.target = target
        self.kind = kind
        self.method = method
        self.channel = channel
        self.remaining = count
    }
}

extension Fault {
    /// Reads a fault as scripts and the page write it.
    static func read(_ body: JSON) throws(ControlError) -> Fault {
        guard let target = body["target"]?.string.flatMap(Target.init(rawValue:)) else {
            throw ControlError("target: one of \(Target.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let kind: Kind
        switch body["kind"]?.string {
        case "down": kind = .down
        case "lost": kind = .lost
        case "slow":
            let milliseconds = body["ms"]?.int ?? 5_000
            guard (0...600_000).contains(milliseconds) else { throw ControlError("ms: 0 to 600000") }
            kind = .slow(.milliseconds(milliseconds))
        case "rate_limited":
            let seconds = body["retry_after"]?.int ?? 30
            guard (0...86_400).contains(seconds) else { throw ControlError("retry_after: seconds, 0 to 86400") }
            kind = .rateLimited(retryAfter: seconds)
        case "error":
            let code = body["code"]?.string ?? body["code"]?.int.map(String.init)
            kind = .error(code: code ?? (target == .slack ? "internal_error" : "500"))
        default: throw ControlError("kind: one of down, lost, slow, rate_limited, error")
        }
        if let count = body["count"], !count.isNull, !(1...1_000_000).contains(count.int ?? 0) {
            throw ControlError("count: 1 to 1000000")
        }
        return Fault(
            target: target, kind: kind, method: body["method"]?.string, channel: body["channel"]?.string,
            count: body["count"]?.int)
    }

    var json: JSON {
        var fields: [String: JSON] = ["id": .int(id), "target": .string(target.rawValue)]
        switch kind {
        case .down: fields["kind"] = "down"
        case .lost: fields["kind"] = "lost"
        case .slow(let duration):
            fields["kind"] = "slow"
            fields["ms"] = .int(Int(exactly: (duration / .milliseconds(1)).rounded()) ?? 0)
        case .rateLimited(let seconds):
            fields["kind"] = "rate_limited"
            fields["retry_after"] = .int(seconds)
        case .error(let code):
            fields["kind"] = "error"
            fields["code"] = .string(code)
        }
        fields["method"] = method.map(JSON.string)
        fields["channel"] = channel.map(JSON.string)
        fields["count"] = remaining.map(JSON.int)
        return .object(fields)
    }
}
