import PagerDutyKit
import PluginAPI

/// Reads from PagerDuty with the workspace's key or, where the settings ask for a link, as the person.
struct InsightsReader: Sendable {
    private let pagerDuty: PagerDuty
    /// Nil: with the workspace's key.
    private let person: Person?

    init(_ context: Context<InsightsPlugin>, as person: Person) {
        pagerDuty = context.pagerDuty
        self.person = context.settings.requireLink ? person : nil
    }

    /// Whether the person may ask at all.
    ///
    /// - Throws: `AccountError.notLinked` where a link is required and there is none.
    func checkLink() async throws {
        if let person { _ = try await pagerDuty.acting(as: person).linked() }
    }

    func read<Response>(_ call: PagerDutyRead<Response>) async throws -> Response {
        guard let person else { return try await pagerDuty.read(call) }
        return try await pagerDuty.acting(as: person).read(call)
    }

    func page<Element>(of list: PagerDutyList<Element>) async throws -> Page<Element> {
        try await read(list.page())
    }

    func all<Element>(_ list: PagerDutyList<Element>, limit: Int) async throws -> [Element] {
        try await list.all(limit: limit) { call in try await read(call) }.elements
    }
}
