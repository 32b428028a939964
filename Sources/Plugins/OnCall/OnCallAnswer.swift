import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Who is on call for a service, as a message.
struct OnCallAnswer {
    /// The ids of buttons and menus.
    enum Action {
        static let service = "service"
        static let page = "page-"
        static let share = "share"
    }

    /// A page of an answer, in a button's value.
    struct Place {
        var service: String
        var page: Int

        init(service: String, page: Int) {
            self.service = service
            self.page = page
        }

        /// `PSERVICE 2`
        init?(_ text: String?) {
            let parts = (text ?? "").split(separator: " ")
            guard parts.count == 2, let page = Int(parts[1]), (0..<1_000).contains(page) else { return nil }
            self.init(service: String(parts[0]), page: page)
        }

        var value: String { "\(service) \(page)" }
    }

    let service: PagerDuty.Service
    let rota: Rota

    /// Asks PagerDuty and answers.
    ///
    /// - Parameter id: the service's id as it came back from a button or menu; untrusted.
    static func of(_ id: String?, page: Int, _ context: Context<OnCallPlugin>) async throws -> Message {
        try await fresh(id, context).message(page: page)
    }

    /// The whole answer for everybody, without buttons.
    static func shared(_ id: String?, by person: Person, _ context: Context<OnCallPlugin>) async throws -> Message {
        let answer = try await fresh(id, context)
        let parts = RotaBlocks(answer.rota).pages
        var message = Message(answer.headline, blocks: answer.heading + (parts.first ?? []))
        if parts.count > 1 {
            let rest = answer.service.link.map { Mention.link($0.address, "in PagerDuty") } ?? "in PagerDuty"
            message.blocks.append(.context(["More levels are \(rest)."]))
        }
        message.blocks.append(.context(["Shared by \(Mention.user(person.id))"]))
        return message
    }

    private static func fresh(_ id: String?, _ context: Context<OnCallPlugin>) async throws -> OnCallAnswer {
        guard let id = id.flatMap(PagerDuty.ID.init) else { throw Refusal("Choose a service once more.") }
        let reader = try RotaReader(context)
        let service = try await reader.service(id)
        return OnCallAnswer(service: service, rota: try await reader.rota(of: service))
    }

    /// A menu of services: the given ones, or all, while a person types.
    static func menu(_ question: Mrkdwn, services: [PagerDuty.Service] = []) -> Message {
        let source: SelectSource =
            services.isEmpty
            ? .external(minQueryLength: 0) : .options(services.prefix(100).map { .choice($0.name, $0.id) })
        return Message(question) {
            Block.section(
                .mrkdwn(question),
                accessory: .select(source, action: Action.service, placeholder: "Choose a service"))
        }
    }

    /// What only the person sees.
    func message(page: Int) -> Message {
        let pages = RotaBlocks(rota).pages
        let page = min(max(page, 0), pages.count - 1)
        var buttons: [Element] = []
        if page > 0 { buttons.append(turn("‹ Back", to: page - 1)) }
        if page + 1 < pages.count { buttons.append(turn("More ›", to: page + 1)) }
        buttons.append(.button("Share in channel", action: Action.share, value: service.id.value))
        var blocks = heading + pages[page]
        if pages.count > 1 { blocks.append(.context(["Page \(page + 1) of \(pages.count)"])) }
        blocks.append(.actions(buttons))
        return Message(headline, blocks: blocks)
    }

    private func turn(_ label: String, to page: Int) -> Element {
        .button(label, action: "\(Action.page)\(page)", value: Place(service: service.id.value, page: page).value)
    }

    /// For notifications and screen readers: the answer itself, in one line.
    private var headline: Mrkdwn {
        let first = rota.levels.first?.shifts.map(\.user.name).joined(separator: ", ")
        let line: Mrkdwn = "On call for \(service.name): \(first ?? "nobody")"
        return line.clipped(to: 1_000)
    }

    private var heading: [Block] {
        let name = service.link.map { Mention.link($0.address, service.name) } ?? service.name.escaped()
        var blocks: [Block] = [.section("*On call for \(name)*")]
        if let policy = service.escalationPolicy {
            let policyName = policy.link.map { Mention.link($0.address, policy.name) } ?? policy.name.escaped()
            blocks.append(.context(["Escalation policy: \(policyName)"]))
        }
        return blocks
    }
}
