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
        router.post("/control/pagerduty/incidents") { request, _ in
            let body = JSON.parse(Array(buffer: try await request.body.collect(upTo: 65_536)))
            return self.response(self.open(body ?? .null))
        }
    }

    private func board(_ request: Request) throws -> PDBoard {
        let origin = with { $0.origin } ?? "http://\(request.head.authority ?? "127.0.0.1")"
        let now = clock.now
        let account = try change { account throws(PDFailure) in account }
        return PDBoard(account: account, now: now, origin: origin)
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
            let made = try createIncident(service: service, title: title, urgency: body["urgency"]?.string)
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

    private func answer(_ body: (inout PDAccount) throws(PDFailure) -> PDAnswer) -> PDReply {
        do throws(PDFailure) { return PDReply(try change(body)) } catch { return PDReply(error) }
    }
}
