import PagerDutyKit

/// Adds a colleague to the account, as the person who asks for it: PagerDuty decides whether they may.
struct Invitation {
    private let colleague: Colleague
    private let caller: PagerDutyPerson
    private let pagerDuty: PagerDuty

    init(_ colleague: Colleague, by caller: PagerDutyPerson, in pagerDuty: PagerDuty) {
        self.colleague = colleague
        self.caller = caller
        self.pagerDuty = pagerDuty
    }

    func send() async throws -> InvitationAnswer {
        if let user = try await existing() { return answer(.there(user)) }
        if await seatsAreUsedUp() { return answer(.noSeats) }
        let user = PagerDuty.NewUser(
            name: colleague.name, email: colleague.email, role: .responder, timeZone: colleague.timeZone)
        do {
            return answer(.invited(try await caller.write(.add(user))))
        } catch let error as PagerDutyError {
            switch error.reason {
            case .forbidden: return answer(.notAllowed(try? await caller.read(.me).role))
            case .noSeats: return answer(.noSeats)
            case .duplicateUser: return answer(.there(try? await existing()))
            case .unreachable, .broken, .unreadable:
                // Nobody knows whether it was done: look.
                guard let user = try? await existing() else { throw error }
                return answer(.invited(user))
            default: throw error
            }
        }
    }

    private func answer(_ outcome: InvitationAnswer.Outcome) -> InvitationAnswer {
        InvitationAnswer(colleague: colleague, outcome: outcome)
    }

    /// PagerDuty's search finds parts of addresses; only the very same one counts, in any case.
    private func existing() async throws -> PagerDuty.User? {
        try await pagerDuty.read(PagerDutyList.users(matching: colleague.email), limit: 100).elements.first {
            $0.hasEmail(colleague.email)
        }
    }

    /// Where seats can't be read, PagerDuty has to say.
    private func seatsAreUsedUp() async -> Bool {
        guard let licenses = try? await pagerDuty.read(.licenses) else { return false }
        return licenses.areUsedUp(for: .responder)
    }
}
