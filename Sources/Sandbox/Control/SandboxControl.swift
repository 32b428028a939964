import Hummingbird

/// The part of `/control/…` that is about the sandbox itself, and the inspector.
struct SandboxControl: Sendable {
    let sandbox: Sandbox

    func addRoutes(to router: Router<BasicRequestContext>) {
        let control = router.group("control")
        let sandbox = sandbox
        control.post("reset") { request, _ in
            _ = try await request.bytes()
            await sandbox.reset()
            return Response.json(["ok": true])
        }
        control.get("faults") { _, _ in
            Response.json(["faults": .array(sandbox.faults.all.map(\.json))])
        }
        control.post("faults") { request, _ in
            try await SlackSimulator.answer {
                let fault = sandbox.faults.set(try Fault.read(try await request.object()))
                return ["ok": true, "fault": fault.json]
            }
        }
        control.delete("faults") { request, _ in
            sandbox.faults.clear(
                id: request.query("id").flatMap { Int($0) },
                target: request.query("target").flatMap(Fault.Target.init(rawValue:)))
            return Response.json(["ok": true])
        }
        control.get("access") { _, _ in Response.json(await sandbox.access()) }
        control.get("journal") { request, _ in Self.entries(sandbox.journal, request) }
        let client = router.group("client")
        client.get("inspector") { request, _ in Self.entries(sandbox.journal, request) }
        client.get("inspector/events") { _, _ in
            ServerSentEvents.response(from: sandbox.journal.feed.subscribe()) { $0.json.text }
        }
    }

    private static func entries(_ journal: Journal, _ request: Request) -> Response {
        let after = request.query("after").flatMap { Int($0) } ?? 0
        return .json(["entries": .array(journal.entries(after: after).map(\.json))])
    }
}
