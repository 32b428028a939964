extension PagerDuty {
    /// An incident workflow, which took the place of response plays.
    package struct Workflow: Hashable, Sendable, Decodable {
        package var id: ID
        package var name: String

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            name = container.text(.name) ?? container.text(.summary) ?? id.value
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, summary
        }
    }

    /// What starts a workflow; a manual one is a person's decision.
    package struct WorkflowTrigger: Hashable, Sendable, Decodable {
        package var workflow: Workflow
    }
}
