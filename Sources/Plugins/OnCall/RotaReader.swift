import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Finds services and who is on call for them, with the workspace's key or, where the settings ask for a link, as the
/// person.
struct RotaReader: Sendable {
    /// More than any policy has people at a time.
    static let mostOnCalls = 300
    /// How far ahead the next person is looked for.
    static let furthest: TimeInterval = 60 * 86_400

    let pagerDuty: PagerDuty
    /// Nil: with the workspace's key.
    let person: Person?
    let now: Date

    init(_ context: Context<OnCallPlugin>) throws {
        pagerDuty = context.pagerDuty
        now = context.now
        guard context.settings.requireLink else {
            person = nil
            return
        }
        guard let person = context.person else { throw AccountError.notLinked(provider: PagerDuty.provider) }
        self.person = person
    }

    /// Finds services by what a person types.
    var search: ServiceSearch { ServiceSearch { call in try await read(call) } }

    func service(_ id: PagerDuty.ID) async throws -> PagerDuty.Service {
        try await read(.service(id))
    }

    /// - Returns: Nobody, where the service has no escalation policy that can be read.
    func rota(of service: PagerDuty.Service) async throws -> Rota {
        guard let policy = service.escalationPolicy?.id else { return Rota(now: [], later: []) }
        let present = try await read(.onCalls(policy: policy), limit: Self.mostOnCalls).elements
        let ends = present.compactMap(\.end)
        guard let last = ends.max() else { return Rota(now: present, later: []) }
        let later = now..<min(max(last, now) + 1, now + Self.furthest)
        let following = try await read(.onCalls(policy: policy, during: later), limit: Self.mostOnCalls).elements
        return Rota(now: present, later: following)
    }

    private func read<Response>(_ call: PagerDutyRead<Response>) async throws -> Response {
        guard let person else { return try await pagerDuty.read(call) }
        return try await pagerDuty.acting(as: person).read(call)
    }

    private func read<Element>(_ list: PagerDutyList<Element>, limit: Int) async throws -> Page<Element> {
        try await list.all(limit: limit) { call in try await read(call) }
    }
}
