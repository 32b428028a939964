import PagerDutyKit

/// Makes an incident once, whatever happens on the way: the same form sent twice, or an answer that never came.
struct TriggerAttempt {
    private let new: PagerDuty.NewIncident
    private let person: PagerDutyPerson

    init(_ new: PagerDuty.NewIncident, as person: PagerDutyPerson) {
        self.new = new
        self.person = person
    }

    /// - Throws: `PagerDutyError`; one whose remedy is `inDoubt` means that the incident may have been made all the
    ///   same.
    func incident() async throws -> PagerDuty.Incident {
        do {
            return try await person.write(.create(new))
        } catch let error as PagerDutyError where error.reason == .duplicateIncident || error.remedy == .inDoubt {
            guard let made = try? await existing() else { throw error }
            return made
        }
    }

    /// The incident that this form made before, if there is one.
    private func existing() async throws -> PagerDuty.Incident? {
        try await person.read(PagerDutyList.incidents(key: new.key).page(limit: 10)).elements.first {
            $0.key == new.key && $0.service?.id == new.service
        }
    }
}
