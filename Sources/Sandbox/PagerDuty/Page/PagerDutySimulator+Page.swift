import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What the page at `/pagerduty` asks beyond the REST API, and what scripts ask.
///
/// The page's buttons call the REST API with the token of the person one is, so that a role stops them there as it
/// would stop anybody.
extension PagerDutySimulator {
    func addPageRoutes(to router: Router<BasicRequestContext>) {
        router.get("/pagerduty/api/state") { request, _ in
            let board = try self.board(request)
            return self.response(PDReply(PDAnswer(json: board.json)))
        }
        router.get("/pagerduty/api/incidents/:id") { request, context in
            let id = PDQuery.decode((context.parameters.get("id") ?? "").utf8)
            let board = try self.board(request)
            guard let incident = board.account.incident(id) else { return self.response(PDReply(.notFound)) }
            return self.response(PDReply(PDAnswer(json: board.incident(incident))))
        }
        router.get("/pagerduty/api/events") { _, _ in
            ServerSentEvents.response(from: self.changes.subscribe()) { revision in #"{"revision":\#(revision)}"# }
        }
        router.post("/pagerduty/api/users/:id/role") { request, context in
            let body = JSON.parse(Array(buffer: try await request.body.collect(upTo: 4_096)))
            return self.response(self.giveRole(body?["role"]?.string ?? "", to: context.parameters.get("id") ?? ""))
        }
        router.post("/pagerduty/api/incidents/:id/response") { request, context in
            let body = JSON.parse(Array(buffer: try await request.body.collect(upTo: 4_096)))
            return self.response(self.respond(body ?? .null, to: context.parameters.get("id") ?? ""))
        }
        for method in [HTTPRequest.Method.get, .post, .delete] {
            router.on("/pagerduty/api/incidents/:id/channel", method: method) { request, context in
                let body = JSON.parse(Array(buffer: try await request.body.collect(upTo: 4_096)))
                let id = PDQuery.decode((context.parameters.get("id") ?? "").utf8)
                guard let incident = self.with({ $0.account.incident(id) }) else {
                    return self.response(PDReply(.notFound))
                }
                guard let integration = self.with({ $0.integration }) else {
                    return self.response(PDIntegration.missing)
                }
                return self.response(
                    await integration.channel(method.rawValue, incident: incident.id, method == .post ? body : nil))
            }
        }
        addControlRoutes(to: router)
    }

    private func addControlRoutes(to router: Router<BasicRequestContext>) {
        router.post("/control/pagerduty/account") { request, _ in
            let body = JSON.parse(Array(buffer: try await request.body.collect(upTo: 65_536)))
            return self.response(self.arrange(body ?? .null))
        }
        router.post("/control/pagerduty/events") { request, _ in
            let body = JSON.parse(Array(buffer: try await request.body.collect(upTo: 1_048_576)))
            return self.response(self.send(body ?? .null))
        }
        router.post("/control/pagerduty/incidents") { request, _ in
            let body = JSON.parse(Array(buffer: try await request.body.collect(upTo: 65_536)))
            return self.response(self.open(body ?? .null))
        }
    }

    private func board(_ request: Request) throws -> PDBoard {
        let origin = with { $0.origin } ?? "http://\(request.head.authority ?? "127.0.0.1")"
        let now = clock.now
        let account = try change { account throws(PDFailure) in account }
        return PDBoard(
            account: account, now: now, origin: origin, setsChannels: with { $0.integration != nil })
    }

    /// Lets somebody try the account in another role, which no person of the account could do so freely.
    private func giveRole(_ name: String, to id: String) -> PDReply {
        answer { account throws(PDFailure) in
            guard let role = PDRole(rawValue: name) else { throw .invalid("Role is invalid") }
            guard let place = account.users.firstIndex(where: { $0.id == id }) else { throw .notFound }
            account.users[place].role = role
            account.touch()
            return PDAnswer(status: 204)
        }
    }

    private func open(_ body: JSON) -> PDReply {
        do {
            guard let service = body["service"]?.string, let title = body["title"]?.string, !title.isEmpty else {
                return PDReply(
                    .invalid("service and title are required, as in {\"service\": \"Checkout\", \"title\": \"…\"}"))
            }
            let made = try createIncident(
                service: service, title: title, urgency: body["urgency"]?.string,
                severity: body["severity"]?.string ?? "critical",
                details: (body["details"]?.object ?? [:]).compactMapValues(\.string))
            return PDReply(
                PDAnswer(
                    status: 201,
                    json: ["id": .string(made.id), "number": .int(made.number), "title": .string(made.title)]))
        } catch let failure as PDFailure {
            return PDReply(failure)
        } catch {
            return PDReply(PDFailure(status: 500, message: "Internal Server Error", code: 2000))
        }
    }

    /// Somebody who was asked for help joins or declines, as one does on the phone.
    private func respond(_ body: JSON, to id: String) -> PDReply {
        answer { account throws(PDFailure) in
            guard let incident = account.incident(id) else { throw .notFound }
            guard let user = body["user"]?.string.flatMap({ account.user($0) }), let accept = body["accept"]?.bool
            else {
                throw .invalid("user and accept are required")
            }
            let hand = PDAccount.Hand(agent: .user(user.id), channel: "mobile", date: self.clock.now)
            guard account.answerRequest(incident.id, of: user.id, accepted: accept, hand) else {
                throw .arguments("Nobody has asked \(user.name)")
            }
            return PDAnswer(status: 204)
        }
    }

    /// Gives the account another plan: `{"abilities": {"coordinated_responding": false}, "response_plays": true}`.
    private func arrange(_ body: JSON) -> PDReply {
        answer { account throws(PDFailure) in
            for (name, has) in body["abilities"]?.object ?? [:] {
                guard PDEndpoint.abilities.contains(name), let has = has.bool else {
                    throw .invalid("There is no ability \(name)")
                }
                account.abilities.removeAll { $0 == name }
                if has { account.abilities.append(name) }
            }
            if let has = body["response_plays"]?.bool { account.hasResponsePlays = has }
            account.touch()
            return PDAnswer(json: [
                "abilities": .array(account.abilities.map(JSON.string)),
                "response_plays": .bool(account.hasResponsePlays),
            ])
        }
    }

    /// Sends an event with whatever data: `{"incident": ID, "event_type": "incident.task.created", "data": {…}}`.
    private func send(_ body: JSON) -> PDReply {
        answer { account throws(PDFailure) in
            guard let incident = body["incident"]?.string.flatMap({ account.incident($0) }),
                let type = body["event_type"]?.string, let data = body["data"]
            else { throw .invalid("incident, event_type and data are required") }
            let hand = PDAccount.Hand(agent: .service(incident.serviceID), channel: "api", date: self.clock.now)
            account.send(type, about: incident.id, data: data, by: hand)
            account.touch()
            return PDAnswer(status: 202)
        }
    }

    private func answer(_ body: (inout PDAccount) throws(PDFailure) -> PDAnswer) -> PDReply {
        do throws(PDFailure) { return PDReply(try change(body)) } catch { return PDReply(error) }
    }
}
