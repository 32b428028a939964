import PluginAPI
import SlackKit
import Testing

/// What comes over Socket Mode, and what goes back.
@Suite struct SocketMessageTests {
    private func decode(_ text: String) throws -> SocketMessage { try SocketMessage.decode(Array(text.utf8)) }

    @Test func `a hello says how many connections there are and how long they last`() throws {
        let message = try decode(
            #"{"type":"hello","num_connections":2,"connection_info":{"app_id":"A1"},"debug_info":{"host":"applink","approximate_connection_time":18060}}"#
        )
        #expect(message == .hello(SocketHello(connections: 2, approximateSeconds: 18_060)))
    }

    @Test func `a hello may say nothing at all`() throws {
        #expect(try decode(#"{"type":"hello"}"#) == .hello(SocketHello(connections: nil, approximateSeconds: nil)))
        #expect(
            try decode(#"{"type":"hello","num_connections":"x","debug_info":[]}"#)
                == .hello(SocketHello(connections: nil, approximateSeconds: nil)))
    }

    @Test(arguments: [
        ("warning", SocketDisconnect.warning), ("refresh_requested", .refreshRequested),
        ("link_disabled", .linkDisabled), ("too_many_websockets", .tooManyWebSockets), ("new_one", .other("new_one")),
        ("</script>", .other("other")),
    ])
    func `every reason to disconnect has its name`(word: String, reason: SocketDisconnect) throws {
        #expect(try decode(#"{"type":"disconnect","reason":"\#(word)"}"#) == .disconnect(reason))
    }

    @Test func `an envelope keeps its payload, whatever its type`() throws {
        for type in ["slash_commands", "interactive", "events_api", "brand_new"] {
            let message = try decode(
                #"{"envelope_id":"e-1","type":"\#(type)","payload":{"a":1},"accepts_response_payload":true,"retry_attempt":2}"#
            )
            #expect(
                message
                    == .envelope(
                        Envelope(id: "e-1", type: type, payload: ["a": 1], acceptsAnswer: true, retryAttempt: 2)))
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "7", #"{"type":7}"#, #"{"type":""}"#, #"{"type":"interactive","envelope_id":7}"#,
        #"{"type":"interactive","envelope_id":""}"#,
        #"{"type":"interactive","envelope_id":"\#(String(repeating: "x", count: 200))"}"#,
        String(repeating: "[", count: 5_000),
    ])
    func `other texts are faults and no trap`(text: String) {
        #expect(throws: DecodeFault.self) { try decode(text) }
    }

    @Test func `a message without an envelope is only noted`() throws {
        #expect(try decode(#"{"type":"gossip"}"#) == .unknown(type: "gossip"))
    }

    @Test func `an acknowledgement names the envelope, and carries an answer where Slack takes one`() {
        let answer = Array(#"{"text":"hi"}"#.utf8)
        let open = Envelope(id: "e\"1", type: "slash_commands", payload: [:], acceptsAnswer: true)
        #expect(
            String(decoding: open.acknowledgement(answer), as: UTF8.self)
                == #"{"envelope_id":"e\"1","payload":{"text":"hi"}}"#)
        #expect(String(decoding: open.acknowledgement(), as: UTF8.self) == #"{"envelope_id":"e\"1"}"#)
        let closed = Envelope(id: "e2", type: "events_api", payload: [:], acceptsAnswer: false)
        #expect(String(decoding: closed.acknowledgement(answer), as: UTF8.self) == #"{"envelope_id":"e2"}"#)
    }
}
