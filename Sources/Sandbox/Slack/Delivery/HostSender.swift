import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Synchronization

/// Sends signed requests to the host, as Slack does.
final class HostSender: Sendable {
    /// A request on its way to the host.
    struct Request: Sendable {
        var url: String
        var contentType: String
        var body: String
        /// Slack's word for what it is: `slash_command`, `block_actions`, `event:app_mention`.
        var kind: String
        /// The body as people read it.
        var shown: String
        /// How often an event was sent before, and why again.
        var retry: (attempt: Int, reason: String)?
        /// What is sent instead where the app has Socket Mode.
        var envelope: AppSockets.Envelope

        /// The address of every request that goes over a socket.
        static let socketURL = "wss:"
    }

    private static let largestAnswer = 1 << 20
    private let secret: String
    private let timeout: Duration
    private let clock: any SandboxClock
    private let journal: Journal
    private let faults: FaultSwitches
    private let sockets: AppSockets
    private let client = Mutex<HTTPClient?>(nil)

    init(
        secret: String, timeout: Duration, clock: any SandboxClock, journal: Journal, faults: FaultSwitches,
        sockets: AppSockets
    ) {
        self.sockets = sockets
        self.secret = secret
        self.timeout = timeout
        self.clock = clock
        self.journal = journal
        self.faults = faults
    }

    /// Sends a request and waits for the acknowledgement, at most as long as Slack does.
    func send(_ request: Request) async -> Acknowledgement {
        let begin = ContinuousClock.now
        let verdict = faults.verdict(on: .host, method: request.kind)
        var acknowledgement: Acknowledgement
        do {
            switch verdict.failure {
            case .down: acknowledgement = Acknowledgement(status: 0, ms: 0, outcome: "dispatch_failed")
            case .lost:
                _ = try await deliver(request)
                acknowledgement = Acknowledgement(status: 0, ms: 0, outcome: "operation_timeout")
            case .error(let code):
                let status = Int(code) ?? 500
                acknowledgement = Acknowledgement(
                    status: status, ms: 0, outcome: Acknowledgement.outcome(status: status))
            default: acknowledgement = try await deliver(request)
            }
            // A slow way: the app has heard, but its answer is not back in time.
            if let delay = verdict.delay {
                try await clock.sleep(for: min(delay, timeout))
                if delay + (ContinuousClock.now - begin) > timeout {
                    acknowledgement = Acknowledgement(status: 0, ms: 0, outcome: "operation_timeout")
                }
            }
        } catch let error as HTTPClientError where Self.isTimeout(error) {
            acknowledgement = Acknowledgement(status: 0, ms: 0, outcome: "operation_timeout")
        } catch {
            acknowledgement = Acknowledgement(status: 0, ms: 0, outcome: "dispatch_failed")
        }
        acknowledgement.ms = (ContinuousClock.now - begin) / .milliseconds(1)
        journal.record(
            JournalEntry(
                at: clock.now, direction: .toHost, service: .slack, kind: request.kind,
                method: request.url == Request.socketURL ? "WSS" : "POST",
                path: request.url, status: acknowledgement.status, ms: acknowledgement.ms,
                outcome: acknowledgement.outcome, request: request.shown, response: acknowledgement.text,
                trace: acknowledgement.headers["x-trace-id"]))
        return acknowledgement
    }

    private static func isTimeout(_ error: HTTPClientError) -> Bool {
        error == .deadlineExceeded || error == .readTimeout || error == .connectTimeout
    }

    private func deliver(_ request: Request) async throws -> Acknowledgement {
        if request.url == Request.socketURL {
            var envelope = request.envelope
            envelope.retry = request.retry
            return await sockets.deliver(envelope)
        }
        let timestamp = Int(exactly: clock.now.timeIntervalSince1970.rounded(.down)) ?? 0
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = .POST
        outgoing.headers.add(name: "Content-Type", value: request.contentType)
        outgoing.headers.add(name: "User-Agent", value: "Slackbot 1.0 (+https://api.slack.com/robots)")
        outgoing.headers.add(name: "Accept", value: "*/*")
        outgoing.headers.add(name: "X-Slack-Request-Timestamp", value: String(timestamp))
        outgoing.headers.add(
            name: "X-Slack-Signature",
            value: RequestSigner.signature(secret: secret, timestamp: timestamp, body: Array(request.body.utf8)))
        if let retry = request.retry {
            outgoing.headers.add(name: "X-Slack-Retry-Num", value: String(retry.attempt))
            outgoing.headers.add(name: "X-Slack-Retry-Reason", value: retry.reason)
        }
        outgoing.body = .bytes(ByteBuffer(string: request.body))
        let components = timeout.components
        let nanoseconds = components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
        let response = try await connected().execute(outgoing, timeout: .nanoseconds(nanoseconds))
        var body = try await response.body.collect(upTo: Self.largestAnswer)
        let status = Int(response.status.code)
        return Acknowledgement(
            status: status, ms: 0, outcome: Acknowledgement.outcome(status: status),
            contentType: response.headers.first(name: "content-type") ?? "",
            headers: Dictionary(
                response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }),
            body: body.readBytes(length: body.readableBytes) ?? [])
    }

    private func connected() -> HTTPClient {
        client.withLock { client in
            if let client { return client }
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            configuration.timeout.connect = .seconds(3)
            let made = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            client = made
            return made
        }
    }

    func close() async {
        let closing = client.withLock { client in
            defer { client = nil }
            return client
        }
        try? await closing?.shutdown()
    }
}
