import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

@testable import Sandbox

/// Stands for the host: keeps what Slack sends and answers what it is told to.
actor AppDouble {
    struct Received: Sendable {
        let path: String
        let headers: [String: String]
        let body: String
        /// The fields of a form.
        var form: [String: String] { FormText.read(body.utf8) }
        /// The payload of an interaction, or an event's body.
        var payload: JSON { JSON.parse(form["payload"] ?? body) ?? .null }
    }

    struct Answer: Sendable {
        var status = 200
        var type = "application/json"
        var body = ""
        var headers: [String: String] = [:]
        /// Whether the answer waits until the test is over.
        var hangs = false

        static let empty = Answer()
        static func json(_ value: JSON) -> Answer { Answer(body: value.text) }
        static func text(_ text: String) -> Answer { Answer(type: "text/plain", body: text) }
        static func status(_ status: Int) -> Answer { Answer(status: status) }
        static let never = Answer(hangs: true)
    }

    private(set) var received: [Received] = []
    private var answers: [Answer] = []
    private var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    private var hanging: [CheckedContinuation<Void, Never>] = []
    private var isReleased = false
    private let bound = BoundPort()

    nonisolated var port: Int { get async throws { try await bound.value } }

    /// What the next requests are answered with; all later ones get an empty 200.
    func answer(_ answers: Answer...) { self.answers += answers }

    /// Waits until so many requests have come, and returns the last of them.
    func request(_ count: Int) async -> Received {
        if received.count < count {
            await withCheckedContinuation { waiting.append((count, $0)) }
        }
        return received[count - 1]
    }

    func forget() { received = [] }

    /// Lets go of everything that hangs.
    func release() {
        isReleased = true
        for continuation in hanging { continuation.resume() }
        hanging = []
    }

    nonisolated func run() async throws {
        let router = Router()
        router.post("**") { request, _ in
            var buffer = try await request.body.collect(upTo: 1 << 20)
            let headers = Dictionary(
                request.headers.map { ($0.name.rawName.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
            let answer = await self.take(
                Received(
                    path: request.uri.path, headers: headers,
                    body: buffer.readString(length: buffer.readableBytes) ?? ""))
            if answer.hangs { await self.hang() }
            var fields: HTTPFields = [.contentType: answer.type]
            for (name, value) in answer.headers {
                if let name = HTTPField.Name(name) { fields[name] = value }
            }
            return Response(
                status: .init(code: answer.status), headers: fields,
                body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
        }
        let bound = bound
        var logger = Logger(label: "app")
        logger.logLevel = .critical
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                bound.settle(channel.localAddress?.port.map { .success($0) } ?? .failure(BoundPort.NeverBound()))
            }, logger: logger)
        try await application.run()
    }

    private func take(_ request: Received) -> Answer {
        received.append(request)
        for waiter in waiting where received.count >= waiter.count { waiter.continuation.resume() }
        waiting.removeAll { received.count >= $0.count }
        return answers.isEmpty ? .empty : answers.removeFirst()
    }

    private func hang() async {
        if isReleased { return }
        await withCheckedContinuation { hanging.append($0) }
    }
}
