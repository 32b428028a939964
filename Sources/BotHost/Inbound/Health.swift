import HTTPTypes
import Hummingbird
import NIOCore
import PluginAPI
import Synchronization

/// Whether the process lives, and whether it can do its work right now, with the reason where it cannot.
final class Health: Sendable {
    /// Looks at one thing the host needs.
    /// - Returns: What is wrong, or `nil`.
    typealias Check = @Sendable () async -> String?

    private let checks: [(name: String, check: Check)]
    private let draining = Mutex(false)

    init(_ checks: [(name: String, check: Check)]) {
        self.checks = checks
    }

    /// From here on the load balancer should send requests elsewhere.
    func drain() { draining.withLock { $0 = true } }

    var isDraining: Bool { draining.withLock(\.self) }

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/healthz") { _, _ in Self.json(["status": "alive"], .ok) }
        router.get("/readyz") { [self] _, _ in await ready() }
    }

    /// What is wrong right now, by the name of what was looked at.
    func problems() async -> [String: String] {
        var problems: [String: String] = [:]
        if isDraining { problems["host"] = "is stopping" }
        for (name, check) in checks {
            if let problem = await check() { problems[name] = problem }
        }
        return problems
    }

    private func ready() async -> Response {
        let problems = await problems().mapValues { JSONValue.string($0) }
        return problems.isEmpty
            ? Self.json(["status": "ready"], .ok)
            : Self.json(["status": "not ready", "problems": .object(problems)], .serviceUnavailable)
    }

    private static func json(_ value: JSONValue, _ status: HTTPTypes.HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.encoded)))
    }
}
