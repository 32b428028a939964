import PluginAPI

/// One request and what its answer means.
struct PagerDutyExchange: Sendable {
    let actor: PagerDutyError.Actor
    let isWrite: Bool

    /// Sends a request once: whoever wants it again, with which pause, decides for themselves.
    func run<Response>(
        _ request: HTTPRequest, decode: ([UInt8]) throws -> Response,
        send: (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> Response {
        let response: HTTPResponse
        do {
            response = try await send(request)
        } catch let fault as HTTPFault {
            throw PagerDutyError(fault == .tooLarge ? .unreadable : .unreachable, actor: actor, isWrite: isWrite)
        }
        guard (200...299).contains(response.status) else {
            let error = PagerDutyError(
                status: response.status, body: response.body, actor: actor, isWrite: isWrite,
                header: response.header)
            if error.remedy == .relink { throw AccountError.linkExpired(provider: PagerDuty.provider) }
            throw error
        }
        do {
            return try decode(response.body)
        } catch {
            throw PagerDutyError(.unreadable, actor: actor, isWrite: isWrite, status: response.status)
        }
    }
}
