/// The views that are open, by person; at most three lie on each other.
///
/// - SeeAlso: https://docs.slack.dev/surfaces/modals
struct ViewStacks: Sendable {
    struct Owner: Hashable, Sendable {
        var team: String
        var user: String
    }

    static let deepest = 3
    private var stacks: [Owner: [SlackView]] = [:]
    private var homes: [Owner: SlackView] = [:]

    func stack(of owner: Owner) -> [SlackView] { stacks[owner] ?? [] }
    func home(of owner: Owner) -> SlackView? { homes[owner] }

    func view(_ id: String, team: String) -> SlackView? {
        all(team: team).first { $0.id == id }
    }

    func view(externalID: String, team: String) -> SlackView? {
        guard !externalID.isEmpty else { return nil }
        return all(team: team).first { $0.externalID == externalID }
    }

    private func all(team: String) -> [SlackView] {
        stacks.filter { $0.key.team == team }.flatMap(\.value) + homes.filter { $0.key.team == team }.map(\.value)
    }

    mutating func open(_ view: SlackView) { stacks[Owner(team: view.team, user: view.user)] = [view] }

    mutating func push(_ view: SlackView) throws(SlackError) {
        let owner = Owner(team: view.team, user: view.user)
        guard stack(of: owner).count < Self.deepest else { throw SlackError("push_limit_reached") }
        stacks[owner, default: []].append(view)
    }

    mutating func publish(_ view: SlackView) { homes[Owner(team: view.team, user: view.user)] = view }

    /// Puts a changed view in the place of the one with the same id.
    mutating func replace(_ view: SlackView) {
        let owner = Owner(team: view.team, user: view.user)
        if homes[owner]?.id == view.id { homes[owner] = view }
        guard let index = stacks[owner]?.firstIndex(where: { $0.id == view.id }) else { return }
        stacks[owner]?[index] = view
    }

    /// Takes a view away with those above it, and returns them, topmost first.
    @discardableResult mutating func close(_ view: SlackView) -> [SlackView] {
        let owner = Owner(team: view.team, user: view.user)
        guard let stack = stacks[owner], let index = stack.firstIndex(where: { $0.id == view.id }) else { return [] }
        let closed = Array(stack[index...].reversed())
        stacks[owner] = index == 0 ? nil : Array(stack[..<index])
        return closed
    }

    /// Takes a person's whole stack away, and returns it, topmost first.
    @discardableResult mutating func clear(_ owner: Owner) -> [SlackView] {
        Array((stacks.removeValue(forKey: owner) ?? []).reversed())
    }
}
