import HTTPTypes
import Hummingbird

extension SlackSimulator {
    nonisolated func addResponseURLRoutes(to router: Router<BasicRequestContext>) {
        for kind in ["commands", "actions", "app"] {
            router.post("/\(kind)/:team/:id/:key") { request, _ in
                let begin = ContinuousClock.now
                let body = try await request.bytes()
                let verdict = self.faults.verdict(on: .slack, method: "response_url")
                if let delay = verdict.delay { try await self.clock.sleep(for: delay) }
                var status = HTTPResponse.Status.ok
                var answer: JSON = ["ok": true]
                var headers = HTTPFields()
                switch verdict.failure {
                case .down: status = .badGateway
                case .error(let code): (status, answer) = (.internalServerError, SlackError(code).json)
                case .rateLimited(let seconds):
                    (status, answer) = (.tooManyRequests, SlackError("ratelimited").json)
                    headers[.retryAfter] = String(seconds)
                case .slow, .lost, nil:
                    do {
                        try await self.respond(path: request.uri.path, body: body)
                    } catch let error as SlackError {
                        let isGone = ["used_url", "expired_url", "invalid_url"].contains(error.code)
                        (status, answer) = (isGone ? .notFound : .badRequest, error.json)
                    }
                }
                let isDown = verdict.failure == .down || verdict.failure == .lost
                self.journal.record(
                    JournalEntry(
                        at: self.clock.now, direction: .fromHost, service: .slack, kind: "response_url", method: "POST",
                        path: request.uri.path, status: isDown ? 0 : status.code,
                        ms: (ContinuousClock.now - begin) / .milliseconds(1),
                        outcome: isDown ? "down" : answer["error"]?.string ?? "ok",
                        request: String(decoding: body, as: UTF8.self), response: isDown ? "" : answer.text))
                return isDown ? Response.brokenOff : Response.json(answer, status: status, headers: headers)
            }
        }
    }

    /// Does what was posted to a response URL.
    ///
    /// - SeeAlso: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
    private func respond(path: String, body: [UInt8]) throws {
        guard let fields = JSON.parse(body)?.object else { throw SlackError("invalid_payload") }
        let grant = try responseURLs.use(path, at: clock.now)
        guard let team = workspaces.firstIndex(where: { $0.id == grant.team }) else { throw SlackError("invalid_url") }
        let original = grant.messageTS.flatMap { ts in
            workspaces[team].channel(grant.channel)?.messages.first { $0.ts == ts }
        }
        if fields["delete_original"]?.bool == true {
            if let original { remove(ts: original.ts, from: grant.channel, team: team) }
            return
        }
        let content = try content(
            text: fields["text"]?.string ?? "", blocks: fields["blocks"], attachments: fields["attachments"],
            metadata: fields["metadata"])
        if fields["replace_original"]?.bool == true, let original {
            let edited = timestamp()
            change(ts: original.ts, in: grant.channel, team: team) { message in
                message.text = content.text
                message.blocks = content.blocks
                message.attachments = content.attachments
                if message.ephemeralFor == nil { message.editedTS = edited }
            }
            return
        }
        var message = appMessage(content, team: team)
        message.threadTS = fields["thread_ts"]?.string ?? grant.threadTS
        if fields["response_type"]?.string != "in_channel" { message.ephemeralFor = grant.user }
        post(message, to: grant.channel, team: team)
    }
}
