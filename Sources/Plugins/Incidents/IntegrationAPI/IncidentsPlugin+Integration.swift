import PluginAPI

extension IncidentsPlugin {
    /// Where the world's clients look for it, beside `/plugins/incidents`.
    static let integrationPrefix = "/integration-slack"

    /// What programs ask, in the words of PagerDuty's Slack Integration API.
    var integrationRoutes: [Route<IncidentsPlugin>] {
        [
            connections(.get) { try await $0.list($1) },
            connections(.post) { try await $0.create($1.body) },
            connections(.get, "/{id}") { try await $0.show($1["id"]) },
            connections(.put, "/{id}") { try await $0.update($1["id"], $1.body) },
            connections(.delete, "/{id}") { try await $0.remove($1["id"]) },
        ]
    }

    private func connections(
        _ method: WebMethod, _ more: String = "",
        _ answer: @escaping @Sendable (ConnectionsAPI, WebRequest) async throws -> WebResponse
    ) -> Route<IncidentsPlugin> {
        WebRoute(method, "workspaces/{workspace}/connections\(more)") { request, workspaces in
            guard let context = workspaces[request["workspace"]] else { return .otherWorkspace }
            return try await answer(ConnectionsAPI(context), request)
        }
    }
}
