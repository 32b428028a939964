import BotStore
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PluginAPI

/// Brings requests over HTTP to the plugins that answer them.
///
/// Its stages are those of the pipeline: find the route, authorize, read the body, find the workspaces where the plugin
/// is on, handle, answer.
struct WebRoutes: Sendable {
    let directory: WebDirectory
    let tokens: APITokens
    let installations: InstallationDirectory
    let policy: @Sendable () -> Policy
    let services: any HostServices
    let audit: any AuditStore
    let budget: ReplyBudget
    let inflight: Inflight
    let metrics: HostMetrics
    let clock: HostClock
    let logger: Logger

    /// What a handler may take.
    static let time = Duration.seconds(30)

    func add(to router: Router<BasicRequestContext>) {
        for root in directory.roots {
            for method in WebMethod.allCases {
                guard let name = HTTPTypes.HTTPRequest.Method(method.rawValue) else { continue }
                router.on("/\(root)/**", method: name) { request, _ in await respond(to: request, method) }
            }
        }
    }

    private func respond(to request: Request, _ method: WebMethod) async -> Response {
        await inflight.during {
            let (answer, plugin, extra) = await answer(request, method)
            metrics.webRequest(plugin, status: answer.status)
            return Response(answer, extra)
        }
    }

    private typealias Answer = (WebResponse, plugin: String, HTTPFields)

    private func answer(_ request: Request, _ method: WebMethod) async -> Answer {
        guard let line = RequestLine(path: request.uri.path, query: request.uri.query) else {
            return (.error(400, "Bad Request"), "", [:])
        }
        let entry: WebDirectory.Entry
        let (parameters, below): ([String: String], [String])
        switch directory.find(method, line.path) {
        case .route(let found, let values, let rest): (entry, parameters, below) = (found, values, rest)
        case .otherMethods(let methods):
            return (
                .error(405, "Method Not Allowed"), "",
                [.allow: methods.map(\.rawValue).joined(separator: ", ")]
            )
        case .nothing: return (.error(404, "Not Found"), "", [:])
        }
        // A plugin that is off is as if it were not there.
        guard policy().isEnabledAnywhere(entry.pluginID) else { return (.error(404, "Not Found"), "", [:]) }
        do {
            var caller: WebCaller?
            if case .apiToken = entry.endpoint.authorization.kind {
                caller = try await tokens.caller(request.headers[.authorization])
                guard caller != nil else {
                    return (.error(401, "Unauthorized"), entry.pluginID, [.wwwAuthenticate: "Bearer"])
                }
            }
            if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
                return (.error(415, "Unsupported Media Type"), entry.pluginID, [:])
            }
            let body = try await BoundedBody.read(
                request, announced: request.headers[.contentLength], limit: entry.endpoint.bodyLimit)
            let asked = WebRequest(
                method: method, path: below, parameters: parameters, query: line.query,
                body: Array(body.readableBytesView), caller: caller)
            let answer = await handle(asked, entry)
            try await note(asked, "/" + line.path.joined(separator: "/"), answer, entry)
            return (answer, entry.pluginID, [:])
        } catch let fault as BoundedBody.Fault {
            let answer: WebResponse =
                fault == .tooLarge ? .error(413, "Content Too Large") : .error(408, "Request Timeout")
            return (answer, entry.pluginID, [.connection: "close"])
        } catch {
            logger.error("a request over HTTP cannot be answered: \(error)", metadata: ["plugin": "\(entry.pluginID)"])
            return (.error(503, "Service Unavailable"), entry.pluginID, [.retryAfter: "5"])
        }
    }

    private func handle(_ request: WebRequest, _ entry: WebDirectory.Entry) async -> WebResponse {
        let traceID = TraceID.make()
        let outcome = await budget.race {
            do {
                return try await entry.handle(request, scopes(for: entry.pluginID, traceID))
            } catch {
                return failure(error, entry, traceID)
            }
        } late: { _ in
        }
        return outcome ?? .error(504, "The plugin did not answer in time: \(traceID)")
    }

    /// One for each workspace where the plugin is on.
    private func scopes(for plugin: String, _ traceID: String) async throws -> [RegisteredRoute.Scope] {
        let policy = policy()
        return try await installations.active().compactMap { served in
            guard let terms = policy.terms(for: plugin, in: served.workspace.id), terms.isEnabled else { return nil }
            let core = ContextCore(
                pluginID: plugin, workspace: served.workspace, person: nil, channel: nil, traceID: traceID,
                services: services)
            return (core, terms.settings)
        }
    }

    private func failure(_ error: any Error, _ entry: WebDirectory.Entry, _ traceID: String) -> WebResponse {
        switch error {
        case let fault as StoreFault where fault == .unavailable: return .error(503, "Service Unavailable")
        case is StoreError: return .error(503, "Service Unavailable")
        case let fault as HTTPFault where fault != .notAllowed:
            return .error(502, "The service behind this did not answer. Please try again.")
        case let readable as any PersonReadableError: return .error(400, readable.sentence)
        default:
            metrics.handlerFailed(entry.pluginID)
            logger.error(
                "a handler failed",
                metadata: [
                    "plugin": "\(entry.pluginID)", "subject": "\(entry.endpoint.line)",
                    "error": "\(type(of: error))", "trace": "\(traceID)",
                ])
            return .error(500, "Internal Server Error", ["trace \(traceID)"])
        }
    }

    /// Whoever changes something by a token leaves a line in the audit log.
    private func note(
        _ request: WebRequest, _ path: String, _ answer: WebResponse, _ entry: WebDirectory.Entry
    ) async throws {
        guard request.method != .get, let caller = request.caller else { return }
        try await audit.appendAudit([
            AuditLine(
                at: clock.now(), actor: "token \(caller.id) (\(caller.name))",
                action: "\(entry.pluginID):web.\(request.method.rawValue.lowercased())",
                subject: "\(path) → \(answer.status)")
        ])
    }
}

extension Response {
    /// A plugin's answer, with what keeps a proxy from storing it and a browser from taking it for a page of the host's.
    init(_ answer: WebResponse, _ extra: HTTPFields) {
        var headers = extra
        let isWhole = (200...599).contains(answer.status) && answer.body.count <= 4 * 1_024 * 1_024
        headers[.cacheControl] = "no-store"
        headers[.xContentTypeOptions] = "nosniff"
        headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        if let type = answer.contentType, type.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
            headers[.contentType] = type
        }
        self.init(
            status: HTTPTypes.HTTPResponse.Status(code: isWhole ? answer.status : 500), headers: headers,
            body: isWhole && !answer.body.isEmpty
                ? ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)) : ResponseBody())
    }
}
