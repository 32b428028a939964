import AsyncHTTPClient
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Synchronization

/// What stands before several hosts: each request goes to the next of them, whoever sent it, as behind a load balancer
/// without sticky sessions.
struct FrontDoor: Service {
    private let ports = AsyncStream<Int>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private let hosts = Hosts()
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// The port, as soon as there is one. To be asked once.
    var port: Int {
        get async {
            for await port in ports.stream { return port }
            return 0
        }
    }

    /// Where requests go from now on.
    func lead(to addresses: [String]) { hosts.addresses = addresses }

    func run() async throws {
        let responder = CallbackResponder<BasicRequestContext> { [hosts] request, _ in
            guard let host = hosts.next() else { return Response(status: .serviceUnavailable) }
            return try await Self.pass(request, to: host)
        }
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            onServerRunning: { [ports] channel in ports.continuation.yield(channel.localAddress?.port ?? 0) },
            logger: logger)
        try await application.run()
    }

    private static func pass(_ request: Request, to host: String) async throws -> Response {
        var outgoing = HTTPClientRequest(url: host + request.uri.string)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headers where field.name != .contentLength && field.name != .connection {
            outgoing.headers.add(name: field.name.rawName, value: field.value)
        }
        let body = try await request.body.collect(upTo: 2_097_152)
        outgoing.body = .bytes(body)
        let answer = try await HTTPClient.shared.execute(outgoing, timeout: .seconds(60))
        var response = Response(
            status: .init(code: Int(answer.status.code)),
            body: .init(byteBuffer: try await answer.body.collect(upTo: 8_388_608)))
        for (name, value) in answer.headers where name.lowercased() != "content-length" {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }

    private final class Hosts: Sendable {
        private let state = Mutex<(addresses: [String], turn: Int)>(([], 0))

        var addresses: [String] {
            get { state.withLock { $0.addresses } }
            set { state.withLock { $0.addresses = newValue } }
        }

        func next() -> String? {
            state.withLock { state in
                guard !state.addresses.isEmpty else { return nil }
                state.turn += 1
                return state.addresses[state.turn % state.addresses.count]
            }
        }
    }
}
