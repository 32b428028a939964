import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension PagerDutySimulator {
    /// Longest body that is read.
    static let longestBody = 1_048_576

    /// Adds `/pd/…`, the page's interface under `/pagerduty/api/…` and `/control/pagerduty/…`.
    func addRoutes(to router: Router<BasicRequestContext>) {
        for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch] {
            router.on("/pd/**", method: method) { request, _ in await self.respond(to: request) }
        }
        addSignInRoutes(to: router)
        addPageRoutes(to: router)
    }

    private func respond(to request: Request) async -> Response {
        let start = ContinuousClock.now
        let path = String(request.uri.path.dropFirst("/pd".utf8.count))
        let kind = "\(request.method.rawValue) \(Self.pattern(request.method.rawValue, path))"
        let body: [UInt8]
        do {
            body = Array(buffer: try await request.body.collect(upTo: Self.longestBody))
        } catch {
            return response(PDReply(PDFailure(status: 413, message: "Request Entity Too Large", code: 2013)))
        }
        // The page is the sandbox's own window on the account: it works while the service is made to fail.
        if request.headers[Self.pageName] != nil {
            return response(answer(Self.read(request, path: path, body: body, isFromPage: true)))
        }
        let verdict = faults.verdict(on: .pagerduty, method: kind)
        if let delay = verdict.delay { try? await clock.sleep(for: delay) }
        let reply: PDReply?
        switch verdict.failure {
        case .down: reply = nil
        case .lost:
            _ = answer(Self.read(request, path: path, body: body, isFromPage: false))
            reply = nil
        case .rateLimited(let seconds):
            var limited = PDReply(.rateLimited)
            limited.standing = .init(limit: PDRateLimits.perMinute, remaining: 0, reset: seconds, isExceeded: true)
            reply = limited
        case .error(let code):
            reply = PDReply(.onPurpose(status: Int(code).flatMap { (400...599).contains($0) ? $0 : nil } ?? 500))
        case .slow, nil:
            reply = answer(Self.read(request, path: path, body: body, isFromPage: false))
        }
        // Told once to whoever makes a subscription, and to nobody who looks over the shoulder.
        if let secret = reply?.json?["webhook_subscription"]?["delivery_method"]?["secret"]?.string {
            journal.hide(secret)
        }
        journal.record(
            JournalEntry(
                at: clock.now, direction: .fromHost, service: .pagerduty, kind: kind, method: request.method.rawValue,
                path: request.uri.description, status: reply?.status ?? 0,
                ms: (ContinuousClock.now - start) / .milliseconds(1), outcome: Self.outcome(reply),
                request: String(decoding: body, as: UTF8.self), response: reply?.json?.text ?? "",
                trace: request.headers[Self.traceName],
                caller: callerName(Self.read(request, path: path, body: [], isFromPage: false))))
        guard let reply else { return Self.cutOff }
        return response(reply)
    }

    private static func read(_ request: Request, path: String, body: [UInt8], isFromPage: Bool) -> PDRequest {
        PDRequest(
            method: request.method.rawValue, path: path, query: PDQuery.parse(request.uri.query),
            headers: request.headers, body: body, origin: "http://\(request.head.authority ?? "127.0.0.1")",
            isFromPage: isFromPage)
    }

    private static let pageName = HTTPField.Name("X-Sandbox-Page") ?? .userAgent
    private static let traceName = HTTPField.Name("X-Trace-Id") ?? .userAgent

    /// The path with ids taken out, by which faults and the inspector name an operation.
    static func pattern(_ method: String, _ path: String) -> String {
        let segments = path.split(separator: "/").map(String.init)
        guard case .found(let endpoint, _) = PDEndpoint.find(method, segments) else { return path }
        return "/" + endpoint.path.map { $0 == "{}" ? "{id}" : $0 }.joined(separator: "/")
    }

    private static func outcome(_ reply: PDReply?) -> String {
        guard let reply else { return "down" }
        guard reply.status >= 400 else { return "ok" }
        return reply.json?["error"]?["message"]?.string ?? "error"
    }

    /// A connection that breaks before an answer has come.
    private static var cutOff: Response {
        Response(
            status: .serviceUnavailable,
            body: ResponseBody { _ in throw CancellationError() })
    }

    func response(_ reply: PDReply) -> Response {
        var headers = reply.headers
        headers[.contentType] = reply.json == nil ? nil : "application/json"
        if let standing = reply.standing {
            headers[Self.limitName] = String(standing.limit)
            headers[Self.remainingName] = String(standing.remaining)
            headers[Self.resetName] = String(standing.reset)
        }
        let status = HTTPResponse.Status(code: reply.status)
        guard let json = reply.json else { return Response(status: status, headers: headers) }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    private static let limitName = HTTPField.Name("ratelimit-limit") ?? .userAgent
    private static let remainingName = HTTPField.Name("ratelimit-remaining") ?? .userAgent
    private static let resetName = HTTPField.Name("ratelimit-reset") ?? .userAgent
}
