import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import PluginAPI
import SlackKit
import Synchronization

/// The only way out over HTTP: 3 s to connect, 10 s in all, answers of at most 4 MiB, no redirects, no decompression.
///
/// An answer of any status is an answer. Nothing is tried again here: whether that is safe is for the caller to know. A host
/// that has not answered several times in a row is left alone for a few seconds.
final class OutboundHTTP: Sendable {
    private let client: AsyncHTTPClient.HTTPClient
    private let deadline: TimeAmount
    private let breakers = HostBreakers()
    private let uptime: @Sendable () -> Duration
    private let opened: @Sendable (_ service: String) -> Void

    /// - Parameters:
    ///   - deadline: How long a whole exchange may take.
    ///   - opened: Told the service whose host is left alone from now on.
    init(
        deadline: Duration = .seconds(10), clock: HostClock = .system,
        opened: @escaping @Sendable (_ service: String) -> Void = { _ in }
    ) {
        uptime = clock.uptime
        self.opened = opened
        var configuration = AsyncHTTPClient.HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .seconds(3)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
        configuration.httpVersion = .automatic
        client = AsyncHTTPClient.HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
        self.deadline = .nanoseconds(Int64(deadline / .nanoseconds(1)))
    }

    static let answerLimit = 4 * 1_024 * 1_024

    /// Sends a request to an absolute address that somebody has checked.
    /// - Parameter service: What the host is called for, `slack` or an account provider's id. Two services at one address,
    ///   as in the sandbox, fail apart.
    func send(
        _ request: PluginAPI.HTTPRequest, for service: String = ""
    ) async throws(HTTPFault) -> PluginAPI.HTTPResponse {
        guard let target = request.address, Self.isToken(request.method) else { throw .notAllowed }
        let host = "\(service) \(Self.host(of: target))"
        // Nothing is sent: whoever called may try again later, whatever it was.
        guard breakers.admits(host, at: uptime()) else { throw .unreachable }
        do throws(HTTPFault) {
            let answer = try await exchange(request, target)
            // What a gateway says where there is nobody behind it.
            note(host, answered: answer.status != 502 && answer.status != 504, service)
            return answer
        } catch {
            note(host, answered: error == .tooLarge || error == .notAllowed, service)
            throw error
        }
    }

    private func note(_ host: String, answered: Bool, _ service: String) {
        if breakers.record(host, answered: answered, at: uptime()) { opened(service.isEmpty ? "other" : service) }
    }

    /// Name and port.
    private static func host(of address: String) -> Substring {
        let parts = address.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count > 2 ? parts[2] : ""
    }

    private func exchange(
        _ request: PluginAPI.HTTPRequest, _ target: String
    ) async throws(HTTPFault) -> PluginAPI.HTTPResponse {
        var outgoing = HTTPClientRequest(url: target)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for header in request.headers {
            // A line break in any of these would start a line of somebody else's making.
            guard Self.isToken(header.name),
                header.value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 })
            else { throw .notAllowed }
            outgoing.headers.add(name: header.name, value: header.value)
        }
        if !request.body.isEmpty { outgoing.body = .bytes(request.body) }
        do {
            let answer = try await client.execute(outgoing, timeout: deadline)
            let body = try await answer.body.collect(upTo: Self.answerLimit)
            return PluginAPI.HTTPResponse(
                status: Int(answer.status.code),
                headers: answer.headers.map { ($0.name.lowercased(), $0.value) },
                body: Array(body.readableBytesView))
        } catch let error as HTTPClientError {
            switch error {
            case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .alreadyShutdown:
                throw .unreachable
            case .invalidURL, .emptyHost, .emptyScheme: throw .notAllowed
            // What was asked may have happened all the same.
            default: throw .timeout
            }
        } catch is NIOTooManyBytesError {
            throw .tooLarge
        } catch is NIOConnectionError {
            throw .unreachable
        } catch is HTTPParserError {
            throw .timeout
        } catch is CancellationError {
            throw .timeout
        } catch {
            throw .unreachable
        }
    }

    /// A method, or the name of a header field.
    /// - SeeAlso: <https://www.rfc-editor.org/rfc/rfc9110#name-tokens>
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: tokenMarks.contains(byte)
                }
            }
    }

    private static let tokenMarks = Array("!#$%&'*+-.^_`|~".utf8)

    func shutdown() async {
        try? await client.shutdown()
    }
}

extension PluginAPI.HTTPRequest {
    /// The target with the query on it, percent-encoded; `nil` where it holds anything but visible ASCII.
    var address: String? {
        guard target.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        guard !query.isEmpty else { return target }
        let pairs = query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
        return target + (target.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + pairs.joined(separator: "&")
    }
}
