import Foundation
import HTTPTypes

/// One HTTP request to the REST API, as far as the simulator looks at it.
struct PDRequest: Sendable {
    var method: String
    /// The path below `/pd`.
    var path: String
    var query: [(name: String, value: String)] = []
    var headers: HTTPFields = [:]
    var body: [UInt8] = []
    /// `http://127.0.0.1:8080`
    var origin: String
    /// The page's own requests: they cost no budget, and what they do is done on the website.
    var isFromPage = false
}

/// What the simulator says to it.
struct PDReply: Sendable {
    var status: Int
    var json: JSON?
    var headers: HTTPFields = [:]
    var standing: PDRateLimits.Standing?

    init(_ failure: PDFailure) {
        status = failure.status
        json = failure.json
    }
    init(_ answer: PDAnswer) {
        status = answer.status
        json = answer.json
    }
}

extension PagerDutySimulator {
    /// Answers a request: whose it is, whether there is budget for it, what it asks, whether it may, what comes of it.
    func answer(_ request: PDRequest) -> PDReply {
        let now = clock.now
        let origin = with { $0.origin } ?? request.origin
        guard let credential = Self.credential(request.headers[.authorization] ?? ""),
            let caller = caller(credential) ?? caller(oauth: credential, request, at: now)
        else { return PDReply(.unauthorized) }
        guard hasScope(credential, request) else { return PDReply(.accessDenied) }

        let segments = request.path.split(separator: "/").map { PDQuery.decode($0.utf8) }
        let match = PDEndpoint.find(request.method, segments)
        if request.isFromPage {
            do throws(PDFailure) {
                return PDReply(try perform(match, request, caller, origin, now))
            } catch {
                return PDReply(error)
            }
        }
        var standing = with { $0.limits.take(credential, at: now) }
        if case .found(let endpoint, _) = match, let perMinute = endpoint.perMinute, !standing.isExceeded {
            let key = "\(credential) \(endpoint.method) \(endpoint.path.joined(separator: "/"))"
            let own = with { $0.limits.take(key, perMinute: perMinute, at: now) }
            if own.isExceeded { standing = own }
        }
        var reply: PDReply
        if standing.isExceeded {
            reply = PDReply(.rateLimited)
        } else {
            do throws(PDFailure) {
                reply = PDReply(try perform(match, request, caller, origin, now))
            } catch {
                reply = PDReply(error)
            }
        }
        reply.standing = standing
        return reply
    }

    private func perform(
        _ match: PDEndpoint.Match, _ request: PDRequest, _ caller: PDCall.Caller, _ origin: String, _ now: Date
    ) throws(PDFailure) -> PDAnswer {
        guard case .found(let endpoint, let parameters) = match else {
            if case .wrongMethod = match { throw PDFailure(status: 405, message: "Method Not Allowed", code: 2101) }
            throw .notFound
        }
        try Self.accept(request.headers[.accept])
        try endpoint.permit(caller)
        var call = PDCall(caller: caller, parameters: parameters, query: request.query, now: now, origin: origin)
        call.channel = request.isFromPage ? "website" : "api"
        call.from = request.headers[Self.from]
        if endpoint.requiresFrom { try requester(call.from) }
        if ["POST", "PUT"].contains(request.method), !request.body.isEmpty {
            guard let body = JSON.parse(request.body), body.object != nil else {
                throw PDFailure(
                    status: 400, message: "Invalid JSON", code: 2001, errors: ["Request body is not a JSON object"])
            }
            call.body = body
        }
        let asked = call
        return try change { account throws(PDFailure) in
            if let ability = endpoint.ability, !account.abilities.contains(ability) { throw .needsAbility(ability) }
            return try endpoint.handle(asked, &account)
        }
    }

    private static let from = HTTPField.Name("From") ?? .userAgent

    /// `From` must name a person of the account, whatever credential comes with it.
    private func requester(_ from: String?) throws(PDFailure) {
        guard let from, !from.isEmpty else { throw .fromMissing }
        guard with({ $0.account.user(email: from) }) != nil else { throw .requesterNotFound }
    }

    /// Version 2 is the only one there is.
    private static func accept(_ header: String?) throws(PDFailure) {
        guard let header = header?.lowercased(), header.contains("vnd.pagerduty+json") else { return }
        guard !header.contains("version=") || header.contains("version=2") else {
            throw PDFailure(status: 406, message: "Not Acceptable", code: 2018, errors: ["The API version is 2"])
        }
    }

    /// The key in `Token token=KEY` or `Bearer KEY`.
    static func credential(_ header: String) -> String? {
        let words = header.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { return nil }
        switch words[0].lowercased() {
        case "bearer": return words[1]
        case "token":
            let prefix = "token="
            guard words[1].lowercased().hasPrefix(prefix) else { return nil }
            let bytes = words[1].utf8.dropFirst(prefix.utf8.count).filter { $0 != UInt8(ascii: "\"") }
            return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
        default: return nil
        }
    }

    /// Whose credential a request carries, for the inspector.
    func callerName(_ request: PDRequest) -> String? {
        guard let credential = Self.credential(request.headers[.authorization] ?? "") else { return nil }
        switch caller(credential) ?? caller(oauth: credential, request, at: clock.now) {
        case .account: return "account"
        case .user(let user): return user.id
        case nil: return nil
        }
    }

    private func caller(_ credential: String) -> PDCall.Caller? {
        with { state in
            if credential == state.account.accountKey { return .account }
            return state.account.user(token: credential).map { .user($0) }
        }
    }
}
