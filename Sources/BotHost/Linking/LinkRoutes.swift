import HTTPTypes
import Hummingbird
import NIOCore
import SlackKit

/// The addresses of linking: `/link/{id}`, and where Slack and the services send the browser back to.
struct LinkRoutes: Sendable {
    let desk: LinkDesk

    func add(to router: Router<BasicRequestContext>) {
        router.get("/link/:id") { request, context in
            let id = context.parameters.get("id") ?? ""
            let cookies = request.headers[values: .cookie]
            let begins = Self.query(request)["begin"] != nil
            return await respond { try await begins ? desk.begin(id, cookies) : desk.show(id, cookies) }
        }
        router.post("/link/:id") { request, context in
            let id = context.parameters.get("id") ?? ""
            return await respond {
                let form = try await PageForm.read(request, origin: Self.origin(await desk.address.url))
                return try await desk.answer(
                    id, request.headers[values: .cookie], token: form["token"], isYes: form["answer"] == "yes")
            }
        }
        router.get("/slack/openid_redirect") { request, _ in
            await respond {
                try await desk.slackReturned(Self.query(request), request.headers[values: .cookie])
            }
        }
        for provider in desk.services {
            router.get(RouterPath("/\(provider)/oauth_redirect")) { request, _ in
                await respond {
                    try await desk.serviceReturned(provider, Self.query(request), request.headers[values: .cookie])
                }
            }
        }
    }

    private func respond(_ work: () async throws -> LinkDesk.Answer) async -> Response {
        do {
            switch try await work() {
            case .page(let page): return page.response()
            case .redirect(let address, let cookie):
                var answer = Page.redirect(to: address)
                if let cookie { answer.headers.append(HTTPField(name: .setCookie, value: cookie)) }
                return answer
            }
        } catch let problem as LinkProblem {
            return problem.page.response()
        } catch is PageForm.Fault {
            return LinkProblem.forged.page.response()
        } catch {
            desk.note(error)
            return LinkProblem.unavailable.page.response()
        }
    }

    /// The first value of each name; a query that cannot be read is an empty one.
    private static func query(_ request: Request) -> [String: String] {
        fields(Array((request.uri.query ?? "").utf8))
    }

    private static func fields(_ bytes: [UInt8]) -> [String: String] {
        guard let form = try? FormBody(bytes) else { return [:] }
        return Dictionary(form.fields.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// Scheme, host and port of an address, as a browser names where a page comes from.
    private static func origin(_ address: String) -> String {
        let slashes = address.utf8.indices.filter { address.utf8[$0] == UInt8(ascii: "/") }
        return slashes.count > 2 ? String(address[..<slashes[2]]) : address
    }
}
