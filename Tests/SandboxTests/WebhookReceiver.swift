import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Listens for webhooks, keeps what comes and answers as told.
final class WebhookReceiver: Sendable {
    struct Received: Sendable {
        var headers: HTTPFields
        var body: [UInt8]
        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    }

    private let answers = Mutex<[Int]>([])
    private let stream: AsyncStream<Received>
    private let continuation: AsyncStream<Received>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    /// What the next requests are answered with; 202 after that.
    func answer(_ statuses: [Int]) { answers.withLock { $0 += statuses } }

    /// Waits for a number of requests.
    func requests(_ count: Int) async -> [Received] {
        var received: [Received] = []
        for await one in stream {
            received.append(one)
            if received.count == count { break }
        }
        return received
    }

    /// Runs while the body takes, which is given the address.
    func run(_ body: @Sendable @escaping (String) async throws -> Void) async throws {
        let router = Router()
        router.post("/hook") { [self] request, _ in
            let bytes = Array(buffer: try await request.body.collect(upTo: 1_048_576))
            let status = answers.withLock { $0.isEmpty ? 202 : $0.removeFirst() }
            continuation.yield(Received(headers: request.headers, body: bytes))
            return HTTPResponse.Status(code: status)
        }
        let (ports, port) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: Logger(label: "webhooks"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await number in ports {
                try await body("http://127.0.0.1:\(number)/hook")
                break
            }
            group.cancelAll()
        }
    }
}
