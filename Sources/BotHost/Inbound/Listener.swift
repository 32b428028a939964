import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// One HTTP listener with the bounds that hold for everything we serve.
struct Listener: Service {
    private let application: Application<RouterResponder<BasicRequestContext>>
    let port: BoundPort

    /// What a whole request may take to arrive.
    static let requestDeadline = TimeAmount.seconds(10)
    /// What Slack, a proxy and administrators need together, many times over.
    static let connectionLimit = 1_024

    /// - Parameters:
    ///   - router: What is served.
    ///   - port: Is told the port.
    init(
        _ router: Router<BasicRequestContext>, at address: HostConfiguration.ListenAddress,
        port: BoundPort = BoundPort(), requestDeadline: TimeAmount = Self.requestDeadline, logger: Logger
    ) {
        self.init(
            router, at: .hostname(address.host, port: address.port), port: port, requestDeadline: requestDeadline,
            logger: logger)
    }

    /// - Parameter listening: Called with the address when it listens.
    init(
        _ router: Router<BasicRequestContext>, at address: BindAddress, port: BoundPort = BoundPort(),
        requestDeadline: TimeAmount = Self.requestDeadline, logger: Logger,
        listening: @escaping @Sendable (SocketAddress?) -> Void = { _ in }
    ) {
        self.port = port
        // The library speaks of every connection; that is for whoever debugs it.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        application = Application(
            router: router,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [RequestDeadlineInstaller(limit: requestDeadline)],
                    idleTimeout: .seconds(10),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16_384, maxHeaderListSize: 16_384, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: address, serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionLimit, logger: quiet)),
            onServerRunning: { channel in
                port.set(channel.localAddress?.port ?? 0)
                listening(channel.localAddress)
            },
            logger: quiet)
    }

    func run() async throws {
        defer { port.set(0) }
        try await application.run()
    }
}

/// The port a listener got, known when it listens.
package final class BoundPort: Sendable {
    private let state = Mutex(State())

    private struct State {
        var port: Int?
        var waiting: [CheckedContinuation<Int, Never>] = []
    }

    package init() {}

    func set(_ port: Int) {
        let waiting = state.withLock { state in
            if state.port == nil { state.port = port }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: port) }
    }

    /// Waits until the listener listens; 0 where it could not.
    package var value: Int {
        get async {
            await withCheckedContinuation { continuation in
                let known: Int? = state.withLock { state in
                    if state.port == nil { state.waiting.append(continuation) }
                    return state.port
                }
                if let known { continuation.resume(returning: known) }
            }
        }
    }
}
