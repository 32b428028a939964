package import PluginAPI

extension SlackRequest {
    /// The longest body that is decoded, in bytes.
    package static let maximumBytes = 1_048_576

    /// Decodes a body whose signature was verified.
    ///
    /// - Parameters:
    ///   - kind: How it is written, by its `Content-Type`.
    ///   - body: The bytes.
    /// - Throws: ``DecodeFault`` with the place of what is not as Slack sends it.
    package static func decode(_ kind: BodyKind, body: UnsafeRawBufferPointer) throws(DecodeFault) -> SlackRequest {
        guard body.count <= maximumBytes else {
            throw DecodeFault("body", expected: "at most \(maximumBytes) bytes", found: "more")
        }
        switch kind {
        case .form: return try decode(form: FormBody(body))
        case .json: return try decode(json: json(body, at: "$"), at: "$")
        }
    }

    /// Decodes a body that is an array.
    package static func decode(_ kind: BodyKind, body: [UInt8]) throws(DecodeFault) -> SlackRequest {
        let result = body.withUnsafeBytes { bytes in
            Result { () throws(DecodeFault) in try decode(kind, body: bytes) }
        }
        return try result.get()
    }

    /// Decodes the payload of a Socket Mode envelope, with the same code as a body.
    ///
    /// - Parameters:
    ///   - type: The envelope's type: `events_api`, `interactive` or `slash_commands`.
    ///   - payload: Its payload.
    ///
    /// - SeeAlso: https://docs.slack.dev/apis/events-api/using-socket-mode
    package static func decode(envelopeType type: String, payload: JSONValue) throws(DecodeFault) -> SlackRequest {
        switch type {
        case "slash_commands": .slashCommand(try SlashCommand(payload: WireObject(payload, at: "$.payload")))
        case "events_api", "interactive": try decode(json: payload, at: "$.payload")
        default: .unknown(kind: name(type), origin: Origin(unknown: payload), payload: payload)
        }
    }

    /// Whether a body is Slack's check of a certificate, which may come unsigned: a form whose `ssl_check` is
    /// exactly `1` and which asks for nothing else. Never decode it without a valid signature all the same.
    ///
    /// - SeeAlso: https://docs.slack.dev/interactivity/implementing-slash-commands
    package static func isSSLCheck(_ kind: BodyKind, body: UnsafeRawBufferPointer) -> Bool {
        guard kind == .form, body.count <= 4096, let form = try? FormBody(body) else { return false }
        return isSSLCheck(form)
    }

    private static func isSSLCheck(_ form: FormBody) -> Bool {
        guard form["payload"] == nil, form["command"] == nil else { return false }
        return form["ssl_check"].map { $0.utf8.elementsEqual("1".utf8) } ?? false
    }

    private static func decode(form: FormBody) throws(DecodeFault) -> SlackRequest {
        // First of all: such a body may be let in unsigned, so whatever else stands in it must not be looked at.
        if isSSLCheck(form) { return .sslCheck }
        if let payload = form["payload"] {
            return try decode(json: json(Array(payload.utf8), at: "payload"), at: "payload")
        }
        if form["command"] != nil { return .slashCommand(try SlashCommand(form: form)) }
        let fields = form.fields.map { ($0.name, JSONValue.string($0.value)) }
        let payload = JSONValue.object(Dictionary(fields) { first, _ in first })
        return .unknown(kind: "form", origin: Origin(unknown: payload), payload: payload)
    }

    private static func json(_ bytes: some Collection<UInt8>, at path: String) throws(DecodeFault) -> JSONValue {
        do {
            return try JSONValue(decoding: bytes, maximumBytes: maximumBytes, maximumDepth: 64)
        } catch {
            throw DecodeFault(path, expected: "JSON", found: "other bytes (\(error))")
        }
    }

    private static func decode(json: JSONValue, at path: String) throws(DecodeFault) -> SlackRequest {
        let payload = try WireObject(json, at: path)
        let type = try payload.nonEmptyText("type")
        if let legacy = LegacyRequest.Kind(rawValue: type) {
            return .legacy(try LegacyRequest(legacy, payload))
        }
        switch type {
        case "block_actions": return .blockActions(try BlockActions(payload))
        case "view_submission": return .viewSubmission(try ViewSubmission(payload))
        case "view_closed": return .viewClosed(try ViewClosed(payload))
        case "shortcut": return .shortcut(try GlobalShortcut(payload))
        // One of Slack's pages writes the plural; only the singular has been seen on the wire.
        case "message_action", "message_actions": return .messageShortcut(try MessageShortcut(payload))
        case "block_suggestion": return .blockSuggestion(try BlockSuggestion(payload))
        case "event_callback": return .event(try EventCallback(payload))
        case "app_rate_limited": return .appRateLimited(try AppRateLimited(payload))
        case "url_verification": return .urlVerification(challenge: try payload.nonEmptyText("challenge"))
        default: return .unknown(kind: name(type), origin: Origin(unknown: json), payload: json)
        }
    }

    /// A kind becomes a label of logs and counters, so it has to look like a name of Slack's.
    static func name(_ type: String) -> String {
        let bytes = type.utf8
        let isName =
            (1...64).contains(bytes.count)
            && bytes.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            }
        return isName ? type : "other"
    }
}
