/// Finds services by what a person types. PagerDuty's own search finds parts of names; words in another order and slips
/// of the fingers are found here.
package struct ServiceSearch: Sendable {
    /// How many services are searched where PagerDuty's own search found nothing.
    package static let most = 500

    private let read: @Sendable (PagerDutyRead<Page<PagerDuty.Service>>) async throws -> Page<PagerDuty.Service>

    /// - Parameter read: sends one call, with the account's key or as a person.
    package init(
        read: @escaping @Sendable (PagerDutyRead<Page<PagerDuty.Service>>) async throws -> Page<PagerDuty.Service>
    ) {
        self.read = read
    }

    /// The services that may be meant by a name in a command.
    package func named(_ name: String) async throws -> NameMatch.Found<PagerDuty.Service> {
        let found = NameMatch.find(name, among: try await page(matching: name), by: \.name)
        guard case .none = found else { return found }
        let list = PagerDutyList<PagerDuty.Service>.services()
        let all = try await list.all(limit: Self.most) { call in try await read(call) }
        return NameMatch.find(name, among: all.elements, by: \.name)
    }

    /// The services for a menu that is being typed into, best first; one call, because Slack waits 3 seconds.
    package func typed(_ text: String) async throws -> [PagerDuty.Service] {
        NameMatch.rank(text, among: try await page(matching: text), by: \.name).map(\.thing)
    }

    private func page(matching text: String) async throws -> [PagerDuty.Service] {
        try await read(PagerDutyList<PagerDuty.Service>.services(matching: text).page()).elements
    }
}
