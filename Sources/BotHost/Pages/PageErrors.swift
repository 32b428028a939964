import HTTPTypes
import Hummingbird

/// What the library answers by itself, such as 404, becomes a page like every other, with the same headers.
struct PageErrors: RouterMiddleware {
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as HTTPError {
            let title = error.status == .notFound ? "There is no such page" : "That cannot be done"
            response =
                Page.refusal(
                    title, "The address is not one of this host's.", mend: "<p><a href=\"/\">To the first page</a></p>",
                    status: error.status
                ).response()
        }
        for field in PageHeaders.common where response.headers[field.name] == nil { response.headers.append(field) }
        return response
    }
}
