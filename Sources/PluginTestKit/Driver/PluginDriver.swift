package import PluginAPI

/// Drives one plugin through its routes and hands out what its handlers return: for tests that look at replies instead of
/// at what people see.
package struct PluginDriver<P: Plugin> {
    package let host: FakeHost
    package var settings = P.Settings()
    package var person: Person? = Person(id: "U0ADA0001", teamID: "T0ACME001")
    package var channel: Channel? = Channel(id: "C0GENERAL", name: "general")

    package init(_ type: P.Type, _ host: FakeHost) {
        self.host = host
    }

    private var scope: RegisteredRoute.Scope {
        let core = ContextCore(
            pluginID: P.manifest.id, workspace: Workspace(id: "T0ACME001", name: "Acme", botUserID: "U0BOTHOST"),
            person: person, channel: channel, traceID: "trace", services: host)
        return (core, settings)
    }

    private var routes: [RegisteredRoute] { RegisteredPlugin(P.self).routes }

    package func command(_ name: String, _ words: String = "") async throws -> Reply {
        for case .command(let shape, _, let run) in routes where shape.name == name {
            return try await run(words, scope)
        }
        throw NoRoute(id: name)
    }

    package func action(_ id: String, _ value: FieldValue, fields: FieldValues = FieldValues()) async throws -> Reply {
        let person = try asker()
        for case .action(let pattern, let run) in routes where Self.matches(pattern, id) {
            let request = ActionRequest(id: id, blockID: "b", value: value, person: person, fields: fields)
            return try await run(request, scope)
        }
        throw NoRoute(id: id)
    }

    package func submit(_ id: String, view: String = "V1", metadata: String = "", _ fields: [String: FieldValue])
        async throws
        -> FormReply
    {
        let person = try asker()
        for case .submit(id, let run) in routes {
            let view = ViewRef(id: view, callbackID: id, privateMetadata: metadata)
            return try await run(Submission(person: person, view: view, fields: FieldValues(fields)), scope)
        }
        throw NoRoute(id: id)
    }

    package func options(_ id: String, typed: String) async throws -> [Option] {
        let person = try asker()
        for case .options(id, let run) in routes {
            return try await run(OptionsQuery(id: id, blockID: "b", typed: typed, person: person), scope).options
        }
        throw NoRoute(id: id)
    }

    package func perform(_ job: JobRequest) async throws {
        for case .job(job.kind, let run) in routes { return try await run(job.payload(), scope) }
        throw NoRoute(id: job.kind)
    }

    /// Hands over what a webhook told, as it was stored.
    package func deliver(_ body: String, from source: String, id: String = "01EVENT") async throws {
        for case .delivery(source, let run) in routes {
            let delivery = Delivery(source: source, id: id, receivedAt: host.now(), body: Array(body.utf8))
            return try await run(delivery, scope)
        }
        throw NoRoute(id: source)
    }

    /// Something happens in Slack.
    package func event(_ type: String, _ payload: JSONValue) async throws {
        for case .event(type, let run) in routes {
            return try await run(SlackEvent(type: type, id: "Ev1", payload: payload), scope)
        }
        throw NoRoute(id: type)
    }

    /// A program asks over HTTP, its token checked already.
    /// - Parameter path: Below the plugin's prefix.
    package func web(
        _ method: WebMethod, _ path: String, query: [(name: String, value: String)] = [], body: String = ""
    ) async throws -> WebResponse {
        let components = path.split(separator: "/").map(String.init)
        for case .web(let endpoint, let run) in routes where endpoint.method == method {
            guard let parameters = endpoint.parameters(in: components) else { continue }
            let request = WebRequest(
                method: method, path: components, parameters: parameters, query: query, body: Array(body.utf8),
                caller: WebCaller(id: "t1", name: "tests"))
            return try await run(request, [scope])
        }
        throw NoRoute(id: "\(method.rawValue) \(path)")
    }

    package func tick(_ id: String) async throws {
        for case .schedule(id, _, let run) in routes { return try await run(scope) }
        throw NoRoute(id: id)
    }

    package struct NoRoute: Error {
        package let id: String
    }

    private func asker() throws -> Person {
        guard let person else { throw KitProblem("The driver has no person") }
        return person
    }

    private static func matches(_ pattern: String, _ id: String) -> Bool {
        pattern.hasSuffix("*") ? id.hasPrefix(pattern.dropLast()) : pattern == id
    }
}

extension Reply {
    /// The message that only the person sees.
    package var ephemeralMessage: Message? {
        if case .message(let message, .onlyPerson) = kind { message } else { nil }
    }

    package var channelMessage: Message? {
        if case .message(let message, .channel) = kind { message } else { nil }
    }

    package var updatedMessage: Message? {
        if case .updateMessage(let message) = kind { message } else { nil }
    }

    /// The form, made now where it was to be made while a loading view stands there.
    package func form() async throws -> View? {
        switch kind {
        case .modal(let view), .pushView(let view), .updateView(let view): view
        case .loadingModal(_, let make): try await make()
        default: nil
        }
    }
}

extension FormReply {
    package var errors: [String: String] {
        if case .errors(let errors) = kind { errors } else { [:] }
    }

    package var told: Message? {
        switch kind {
        case .close(let message), .clear(let message): message
        default: nil
        }
    }
}

extension WebResponse {
    /// The body as JSON; `null` where it is none.
    package var json: JSONValue { (try? JSONValue(decoding: body)) ?? .null }
}

extension Message {
    /// Everything that is sent, as JSON text.
    package var sent: String { arguments(channel: "C1", idPrefix: "").description }
}

extension View {
    package var sent: String { json(idPrefix: "").description }
}
