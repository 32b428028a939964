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
            channels(.get, "dedicated_channel") { api, _ in try await api.dedicated() },
            channels(.post, "dedicated_channel") { try await $0.dedicate($1.body) },
            channels(.delete, "dedicated_channel") { api, _ in try await api.release() },
            channels(.get, "notification_channels") { api, _ in try await api.notified() },
            channels(.post, "notification_channels") { try await $0.notify($1.body) },
            channels(.put, "notification_channels") { try await $0.replaceNotified($1.body) },
            channels(.delete, "notification_channels/{channel}") { try await $0.removeNotified($1["channel"]) },
        ]
    }

    private func channels(
        _ method: WebMethod, _ what: String,
        _ answer: @escaping @Sendable (IncidentChannelsAPI, WebRequest) async throws -> WebResponse
    ) -> Route<IncidentsPlugin> {
        WebRoute(method, "incidents/{incident}/\(what)") { request, workspaces in
            guard let api = IncidentChannelsAPI(request, workspaces) else { return .notFound }
            return try await answer(api, request)
        }
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
