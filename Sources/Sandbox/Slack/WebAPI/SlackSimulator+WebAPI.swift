import FoundationEssentials
import HTTPTypes
import Hummingbird

extension SlackSimulator {
    /// An answer of the Web API before it is written out.
    struct WebAnswer: Sendable {
        var body: JSON
        var status: HTTPResponse.Status = .ok
        var headers: HTTPFields = [:]
    }

    nonisolated func addWebAPIRoutes(to router: Router<BasicRequestContext>) {
        let serve: @Sendable (Request, BasicRequestContext) async throws -> Response = { request, context in
            try await self.answer(request, method: context.parameters.get("method") ?? "")
        }
        router.post("/api/:method", use: serve)
        router.get("/api/:method", use: serve)
    }

    private nonisolated func answer(_ request: Request, method: String) async throws -> Response {
        let begin = ContinuousClock.now
        let body = try await request.bytes()
        let read = Self.arguments(of: request, body: body)
        let channel = (try? read.get())?["channel"]?.string
        let verdict = faults.verdict(on: .slack, method: method, channel: channel)
        if let delay = verdict.delay { try await clock.sleep(for: delay) }
        var answer: WebAnswer
        switch (read, verdict.failure) {
        case (_, .down): answer = WebAnswer(body: [:], status: .badGateway)
        case (_, .rateLimited(let seconds)): answer = Self.rateLimited(for: seconds)
        case (_, .error(let code)): answer = WebAnswer(body: SlackError(code).json)
        case (.failure(let error), _): answer = WebAnswer(body: error.json)
        case (.success(let arguments), nil), (.success(let arguments), .slow), (.success(let arguments), .lost):
            answer = await call(method, arguments: arguments, token: Self.token(of: request, arguments: arguments))
        }
        answer.headers[.init("X-Slack-Req-Id") ?? .server] = String(UInt64.random(in: 0 ... .max), radix: 16)
        let isDown = verdict.failure == .down || verdict.failure == .lost
        let shown = (try? read.get()).map { JSON.object($0.filter { $0.key != "token" }).text } ?? ""
        journal.record(
            JournalEntry(
                at: clock.now, direction: .fromHost, service: .slack, kind: method, method: request.method.rawValue,
                path: request.uri.path, status: isDown ? 0 : answer.status.code,
                ms: (ContinuousClock.now - begin) / .milliseconds(1),
                outcome: isDown ? "down" : answer.body["ok"] == true ? "ok" : answer.body["error"]?.string ?? "error",
                request: shown, response: isDown ? "" : answer.body.text,
                trace: request.headers[.init("X-Trace-Id") ?? .server]))
        return isDown ? Response.brokenOff : Response.json(answer.body, status: answer.status, headers: answer.headers)
    }

    private static func token(of request: Request, arguments: [String: JSON]) -> String? {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "bearer" { return String(parts[1]) }
        }
        return arguments["token"]?.string
    }

    private static func arguments(of request: Request, body: [UInt8]) -> Result<[String: JSON], SlackError> {
        var arguments = FormText.read((request.uri.query ?? "").utf8).mapValues(JSON.string)
        guard !body.isEmpty else { return .success(arguments) }
        let type = (request.headers[.contentType] ?? "").split(separator: ";").first.map { $0.lowercased() } ?? ""
        switch type {
        case "application/json":
            guard let value = JSON.parse(body) else { return .failure(SlackError("invalid_json")) }
            guard let fields = value.object else { return .failure(SlackError("json_not_object")) }
            arguments.merge(fields) { $1 }
        case "application/x-www-form-urlencoded", "":
            arguments.merge(FormText.read(body).mapValues(JSON.string)) { $1 }
            if let (id, secret) = basicCredentials(request) {
                arguments["client_id"] = .string(id)
                arguments["client_secret"] = .string(secret)
            }
        default: return .failure(SlackError("invalid_post_type"))
        }
        return .success(arguments)
    }

    /// The app's id and secret, where it introduces itself in the header.
    private static func basicCredentials(_ request: Request) -> (id: String, secret: String)? {
        let parts = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1]))
        else {
            return nil
        }
        let words = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
        return words.count == 2 ? (String(words[0]), String(words[1])) : nil
    }

    private static func rateLimited(for seconds: Int) -> WebAnswer {
        var headers = HTTPFields()
        headers[.retryAfter] = String(seconds)
        return WebAnswer(body: SlackError("ratelimited").json, status: .tooManyRequests, headers: headers)
    }

    /// The one method here that takes the app's own token. Slack's documents name two tiers for it; here it is the one of
    /// the method's page.
    private func openConnection(token: String?) -> WebAnswer {
        do throws(SlackError) {
            guard let token, !token.isEmpty else { throw SlackError("not_authed") }
            guard token.utf8.elementsEqual(appToken.utf8) else {
                let isOfAWorkspace = workspaces.contains { $0.bot.token.utf8.elementsEqual(token.utf8) }
                throw SlackError(isOfAWorkspace ? "not_allowed_token_type" : "invalid_auth")
            }
            if keepsRateLimits,
                let seconds = limits.take(
                    method: "apps.connections.open", tier: .three, team: SlackApp.id, channel: nil, at: clock.now)
            {
                return Self.rateLimited(for: seconds)
            }
            return WebAnswer(body: ["ok": true, "url": .string(try sockets.makeAddress())])
        } catch {
            return WebAnswer(body: error.json)
        }
    }

    private func call(_ name: String, arguments: [String: JSON], token: String?) -> WebAnswer {
        if name == "apps.connections.open" { return openConnection(token: token) }
        do throws(SlackError) {
            if let answer = try signInMethod(name, arguments, token: token) { return WebAnswer(body: answer) }
            if let answer = try oauthMethod(name, arguments) { return WebAnswer(body: answer) }
        } catch {
            return WebAnswer(body: error.json)
        }
        guard let method = SlackMethod.all[name] else {
            return WebAnswer(
                body: SlackError("unknown_method", fields: ["req_method": .string(name)]).json)
        }
        do {
            if token == nil, name == "api.test" {
                return WebAnswer(body: ["ok": true, "args": .object(arguments)])
            }
            let team = try authorize(token)
            scopes = workspaces[team].bot.granted ?? manifest.scopes
            var answer = WebAnswer(body: [:])
            answer.headers[.init("X-OAuth-Scopes") ?? .server] = scopes.joined(separator: ",")
            answer.headers[.init("X-Accepted-OAuth-Scopes") ?? .server] = method.scopes.joined(separator: ",")
            if keepsRateLimits,
                let seconds = limits.take(
                    method: name, tier: method.tier, team: workspaces[team].id, channel: arguments["channel"]?.string,
                    at: clock.now)
            {
                return Self.rateLimited(for: seconds)
            }
            do {
                let call = SlackCall(method: name, arguments: arguments, team: team)
                try require(anyOf: method.scopes)
                answer.body = .object(try method.body(self, call).merging(["ok": true]) { $1 })
            } catch let error as SlackError {
                answer.body = error.json
            }
            return answer
        } catch let error as SlackError {
            return WebAnswer(body: error.json)
        } catch {
            return WebAnswer(body: SlackError("internal_error").json)
        }
    }

    /// The workspace that a token belongs to.
    func authorize(_ token: String?) throws(SlackError) -> Int {
        guard let token, !token.isEmpty else { throw SlackError("not_authed") }
        guard
            let team = workspaces.firstIndex(where: { workspace in
                workspace.bot.token.utf8.elementsEqual(token.utf8)
                    || workspace.bot.rotated.contains { $0.token.utf8.elementsEqual(token.utf8) }
            })
        else { throw SlackError("invalid_auth") }
        let rotated = workspaces[team].bot.rotated.first { $0.token.utf8.elementsEqual(token.utf8) }
        if let rotated, rotated.expires <= clock.now { throw SlackError("token_expired") }
        guard workspaces[team].bot.isInstalled else { throw SlackError("account_inactive") }
        guard !workspaces[team].bot.isTokenRevoked else { throw SlackError("token_revoked") }
        return team
    }

    /// Throws unless the app was given one of these scopes.
    func require(anyOf scopes: [String]) throws(SlackError) {
        guard let first = scopes.first, !scopes.contains(where: self.scopes.contains) else { return }
        throw SlackError(
            "missing_scope",
            fields: ["needed": .string(first), "provided": .string(self.scopes.joined(separator: ","))])
    }

    /// Throws unless the app was given the scope for a kind of conversation: `channels:history`, `groups:read` ….
    func require(_ right: String, on kind: SlackChannel.Kind, orAnyOf others: [String] = []) throws(SlackError) {
        let prefix =
            switch kind {
            case .public: "channels"
            case .private: "groups"
            case .im: "im"
            }
        let scope = right == "manage" && kind != .public ? "\(prefix):write" : "\(prefix):\(right)"
        try require(anyOf: [scope] + others.map { "\(prefix):\($0)" })
    }
}
