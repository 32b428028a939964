import FoundationEssentials
package import PluginAPI

/// `/deploy checkout 1.2.3`: a deployment that a second person must approve.
package struct Deploy: Plugin {
    package static let manifest = Manifest(
        "deploy", "Deploy with four eyes", scopes: ["chat:write", "commands"], hosts: ["ci.example.com"])

    package init() {}

    package var routes: [Route<Deploy>] {
        Handle(RequestDeploy.self, as: "/deploy")
        OnAction("approve") { action, context in
            let key = "request/\(action.value.string ?? "")"
            guard let request = try await context.store.get(key, as: Request.self) else {
                return .update("This deployment was decided already, or is too old.")
            }
            guard action.person.id != request.by else {
                try await context.audit("deploy.self_approval_refused", request.title)
                throw Refusal("Somebody else must approve what you asked for.")
            }
            guard context.now < request.until else { return .update(request.message("⌛️ Nobody approved it in time.")) }
            try await context.store.delete(key)
            try await context.audit("deploy.approved", request.title)
            return .update(request.message("✅ Approved by \(action.person.mention), starting …"))
                .then(StartDeploy(request: request, approver: action.person.id, place: action.message))
        }
        OnAction("reject") { action, context in
            let key = "request/\(action.value.string ?? "")"
            guard let request = try await context.store.get(key, as: Request.self) else { return .nothing }
            try await context.store.delete(key)
            return .update(request.message("🚫 Rejected by \(action.person.mention)."))
        }
        Perform(StartDeploy.self)
    }
}

/// What somebody wants to deploy.
struct Request: Codable, Sendable {
    var id: String
    var service: String
    var version: String
    var by: String
    var until: Date

    var title: String { "\(service) \(version)" }

    /// The request as everybody sees it.
    func message(_ state: Mrkdwn, buttons: Bool = false) -> Message {
        let what: Mrkdwn = "*Deploy \(service) \(version)*, asked for by \(Mention.user(by))"
        return Message("Deploy \(service) \(version)") {
            Block.section(.mrkdwn("\(what)\n\(state)"))
            if buttons {
                Block.actions([
                    .button("Approve", action: "approve", value: id, style: .primary),
                    .button("Reject", action: "reject", value: id, style: .danger),
                ])
            }
        }
    }
}

struct RequestDeploy: Command {
    static let name = "deploy", summary = "Ask for a deployment, which somebody else approves"
    @Argument("what to deploy") var service: String
    @Argument("which version") var version: String

    var confirmation: Confirmation? {
        Confirmation("Deploy", "Ask everybody here to approve *\(service)* \(version) for production?", yes: "Ask")
    }

    func run(_ context: Context<Deploy>) async throws -> Reply {
        guard let person = context.person else { throw Refusal("Only a person can ask for this.") }
        guard service.utf8.count <= 40, version.utf8.count <= 40 else { throw UsageError("Forty characters at most") }
        let id = "\(person.id)-\(Int(context.now.timeIntervalSince1970))"
        let request = Request(
            id: id, service: service, version: version, by: person.id, until: context.now.addingTimeInterval(3_600))
        try await context.store.put(request, at: "request/\(id)", expires: context.now.addingTimeInterval(86_400))
        return .inChannel(request.message("Waiting for somebody else to approve, for an hour.", buttons: true))
    }
}

/// Starts the pipeline. At least once, so the key tells the service which runs are the same.
struct StartDeploy: Job {
    static let kind = "deploy.start"
    var request: Request
    var approver: String
    var place: MessageRef?
    var uniqueKey: String? { request.id }

    func run(_ context: Context<Deploy>) async throws {
        let body = JSONValue.object([
            "service": .string(request.service), "version": .string(request.version), "approver": .string(approver),
        ])
        let answer = try await context.http.send(
            HTTPRequest(
                "POST", "https://ci.example.com/deployments", headers: [("idempotency-key", request.id)],
                body: body.encoded))
        // A pipeline that is away is tried again; one that says no will say it again.
        if answer.status >= 500 { throw HTTPFault.unreachable }
        guard (200...299).contains(answer.status) else {
            try await tell("❌ The pipeline refused it (\(answer.status)).", context)
            throw Abandon("the pipeline answered \(answer.status)")
        }
        try await tell("🚀 Deploying.", context)
    }

    private func tell(_ state: Mrkdwn, _ context: Context<Deploy>) async throws {
        guard let place else { return }
        try await context.slack.post(
            Message("\(Mrkdwn(raw: "*Deploy \(request.title.escaped())*")): \(state)", threadID: place.ts),
            to: place.channel)
    }
}
