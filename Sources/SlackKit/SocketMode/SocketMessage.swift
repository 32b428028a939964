import PluginAPI

/// What Slack says over a Socket Mode connection.
///
/// - SeeAlso: https://docs.slack.dev/apis/events-api/using-socket-mode
package enum SocketMessage: Sendable, Equatable {
    /// The first message: from now on envelopes may come.
    case hello(SocketHello)
    /// Slack will close this connection.
    case disconnect(SocketDisconnect)
    /// A request, to be acknowledged by its id.
    case envelope(Envelope)
    /// Of a type that is not known here.
    case unknown(type: String)

    /// The longest message that is decoded, in bytes.
    package static let maximumBytes = SlackRequest.maximumBytes

    /// Decodes one text message.
    package static func decode(_ bytes: some Collection<UInt8>) throws(DecodeFault) -> SocketMessage {
        let json: JSONValue
        do {
            json = try JSONValue(decoding: bytes, maximumBytes: maximumBytes, maximumDepth: 64)
        } catch {
            throw DecodeFault("$", expected: "JSON", found: "other bytes (\(error))")
        }
        let message = try WireObject(json, at: "$")
        let type = try message.nonEmptyText("type")
        switch type {
        case "hello": return .hello(try SocketHello(message))
        case "disconnect": return .disconnect(try SocketDisconnect(message))
        default:
            // New types of envelopes are acknowledged too; what has no envelope cannot be.
            guard message["envelope_id"] != .null else { return .unknown(type: SlackRequest.name(type)) }
            return .envelope(try Envelope(message, type: type))
        }
    }
}

/// The greeting of a connection.
package struct SocketHello: Sendable, Equatable {
    /// How many connections the app has, this one included.
    package let connections: Int?
    /// How many seconds Slack means to keep it open.
    package let approximateSeconds: Int?

    package init(connections: Int?, approximateSeconds: Int?) {
        self.connections = connections
        self.approximateSeconds = approximateSeconds
    }

    /// Everything in it is for information, so that nothing in it can be wrong enough to refuse it.
    init(_ message: WireObject) throws(DecodeFault) {
        connections = message["num_connections"].int
        approximateSeconds = message["debug_info"]["approximate_connection_time"].int
    }
}

/// Why Slack closes a connection.
package enum SocketDisconnect: Sendable, Hashable {
    /// In about ten seconds.
    case warning
    /// The connection has been open for long enough.
    case refreshRequested
    /// Socket Mode was switched off for the app.
    case linkDisabled
    /// The app has more connections than Slack allows.
    case tooManyWebSockets
    /// A reason that is not known here.
    case other(String)

    init(_ message: WireObject) throws(DecodeFault) {
        let reason = message["reason"].string ?? ""
        switch reason {
        case "warning": self = .warning
        case "refresh_requested": self = .refreshRequested
        case "link_disabled": self = .linkDisabled
        case "too_many_websockets": self = .tooManyWebSockets
        default: self = .other(SlackRequest.name(reason))
        }
    }

    /// Slack's word for it.
    package var name: String {
        switch self {
        case .warning: "warning"
        case .refreshRequested: "refresh_requested"
        case .linkDisabled: "link_disabled"
        case .tooManyWebSockets: "too_many_websockets"
        case .other(let word): word
        }
    }
}
