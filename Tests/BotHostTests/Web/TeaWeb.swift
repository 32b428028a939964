import PluginAPI

/// What the second plugin of these tests answers over HTTP.
extension Tea {
    static let webPrefix = "/integration-tea"

    var webRoutes: [Route<Tea>] {
        [
            WebRoute(.get, "cups/{id}") { request, _ in
                .json([
                    "id": .string(request["id"]), "size": .string(request.field("size") ?? ""),
                    "caller": .string(request.caller?.name ?? ""), "path": .string(request.path.joined(separator: "|")),
                ])
            },
            WebRoute(.get, "cups/empty") { _, _ in .noContent },
            WebRoute(.post, "cups", bodyLimit: 100) { request, workspaces in
                .json(
                    [
                        "bytes": .integer(Int64(request.body.count)),
                        "workspaces": .array(workspaces.all.map { .string($0.workspace.id) }),
                    ], status: 201)
            },
            WebRoute(.get, "open", authorization: .none) { request, _ in
                WebResponse(status: 200, contentType: "text/html", body: Array("<p>\(request.caller == nil)".utf8))
            },
            WebRoute(.get, "fail/{how}", authorization: .none) { request, _ in
                switch request["how"] {
                case "refusal": throw Refusal("No leaves are left.")
                case "service": throw HTTPFault.timeout
                case "store": throw StoreFault.unavailable
                case "status": return WebResponse(status: 99)
                default: throw Coffee.Broken()
                }
            },
        ]
    }
}
