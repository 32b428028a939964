import BotStore
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PluginAPI
import Synchronization

@testable import BotHost

/// A server on this machine that stands for Slack's Web API, for `response_url`s and for a service with accounts.
final class FakeSlack: Sendable {
    /// One request, by the last part of its path: `views.open`, `response`, `me`.
    struct Call: Sendable {
        let name: String
        let headers: HTTPFields
        /// The form's fields, or the JSON's members, each as text.
        let fields: [String: String]
        let json: JSONValue

        subscript(name: String) -> JSONValue {
            guard let text = fields[name] else { return json[name] }
            return (try? JSONValue(decoding: Array(text.utf8))) ?? .string(text)
        }
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [String: String] = ["Content-Type": "application/json"]
        var body: [UInt8]
        var gate: Gate?

        static func json(_ value: JSONValue, after gate: Gate? = nil) -> Answer {
            Answer(body: value.encoded, gate: gate)
        }
        static func error(_ code: String) -> Answer { .json(["ok": false, "error": .string(code)]) }
        static func status(_ status: Int, _ headers: [String: String] = [:], _ body: String = "") -> Answer {
            Answer(status: status, headers: headers, body: Array(body.utf8))
        }
    }

    private let answers = Mutex<[String: [Answer]]>([:])
    private let journals = Mutex<[String: Journal<Call>]>([:])
    private let bound = Mutex("")

    var url: String { bound.withLock(\.self) }

    /// What is answered to a call, one after the other; the last one stays.
    func answer(_ name: String, _ given: Answer...) { answers.withLock { $0[name] = given } }

    func calls(to name: String) -> Journal<Call> {
        journals.withLock { journals in
            if let journal = journals[name] { return journal }
            let journal = Journal<Call>()
            journals[name] = journal
            return journal
        }
    }

    /// The next call of this name, as soon as it is made.
    func next(_ name: String) async -> Call { await calls(to: name).next() }

    /// Serves while the body runs.
    func serving<Result>(_ body: () async throws -> Result) async throws -> Result {
        let router = Router()
        for path in ["/api/:name", "/:name", "/account/:name"] as [RouterPath] {
            router.on(path, method: .post) { try await self.receive($0, $1.parameters.get("name") ?? "") }
            router.on(path, method: .get) { try await self.receive($0, $1.parameters.get("name") ?? "") }
        }
        var logger = Logger(label: "fake slack")
        logger.logLevel = .critical
        let listener = Listener(router, at: .init(host: "127.0.0.1", port: 0), logger: logger)
        let running = Task { try await listener.run() }
        bound.withLock { $0 = "" }
        let port = await listener.port.value
        bound.withLock { $0 = "http://127.0.0.1:\(port)" }
        defer { running.cancel() }
        return try await body()
    }

    private func receive(_ request: Request, _ name: String) async throws -> Response {
        let body = Array(try await request.body.collect(upTo: 4_000_000).readableBytesView)
        let isForm = request.headers[.contentType]?.utf8.starts(with: "application/x-www-form-urlencoded".utf8) == true
        let json = isForm ? JSONValue.null : (try? JSONValue(decoding: body)) ?? .null
        let fields = isForm ? Self.fields(body) : [:]
        calls(to: name).note(Call(name: name, headers: request.headers, fields: fields, json: json))
        let answer = answers.withLock { answers -> Answer in
            guard let given = answers[name], let first = given.first else {
                return .json([
                    "ok": true, "ts": "1790000000.000100", "channel": fields["channel"].map { .string($0) } ?? .null,
                ])
            }
            if given.count > 1 { answers[name]?.removeFirst() }
            return first
        }
        await answer.gate?.pass()
        var headers = HTTPFields()
        for (key, value) in answer.headers { HTTPField.Name(key).map { headers[$0] = value } }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private static func fields(_ body: [UInt8]) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            fields[decode(parts[0])] = parts.count > 1 ? decode(parts[1]) : ""
        }
        return fields
    }

    private static func decode(_ text: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
