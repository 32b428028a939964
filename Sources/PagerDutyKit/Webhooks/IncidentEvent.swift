package import FoundationEssentials

extension PagerDuty {
    /// Something that happened to an incident, as a webhook tells it.
    package struct IncidentEvent: Hashable, Sendable {
        /// PagerDuty's id of it, the same in every redelivery.
        package var id: String
        package var kind: Kind
        package var occurredAt: Date
        /// Who did it; `nil` where it happened by itself or PagerDuty does not say.
        package var agent: Reference?
        /// The incident it is about.
        package var about: Reference
        /// The whole incident as it was then; many kinds of events do not tell it.
        package var incident: Incident?
        /// What it tells besides.
        package var subject: Subject
        /// PagerDuty left things out, because there was too much of them.
        package var isAbridged: Bool

        package init(
            id: String, kind: Kind, occurredAt: Date, agent: Reference? = nil, about: Reference,
            incident: Incident? = nil, subject: Subject = .nothing, isAbridged: Bool = false
        ) {
            self.id = id
            self.kind = kind
            self.occurredAt = occurredAt
            self.agent = agent
            self.about = about
            self.incident = incident
            self.subject = subject
            self.isAbridged = isAbridged
        }

        /// The wire's name of what happened. Names that are not known here are taken as they come.
        package struct Kind: RawRepresentable, Hashable, Sendable, Codable {
            package var rawValue: String
            package init(rawValue: String) { self.rawValue = rawValue }

            package static let triggered = Kind(rawValue: "incident.triggered")
            package static let acknowledged = Kind(rawValue: "incident.acknowledged")
            package static let unacknowledged = Kind(rawValue: "incident.unacknowledged")
            package static let resolved = Kind(rawValue: "incident.resolved")
            package static let reopened = Kind(rawValue: "incident.reopened")
            package static let escalated = Kind(rawValue: "incident.escalated")
            package static let reassigned = Kind(rawValue: "incident.reassigned")
            package static let delegated = Kind(rawValue: "incident.delegated")
            package static let annotated = Kind(rawValue: "incident.annotated")
            package static let priorityUpdated = Kind(rawValue: "incident.priority_updated")
            package static let responderAdded = Kind(rawValue: "incident.responder.added")
            package static let responderReplied = Kind(rawValue: "incident.responder.replied")
            package static let statusUpdatePublished = Kind(rawValue: "incident.status_update_published")
            package static let serviceUpdated = Kind(rawValue: "incident.service_updated")
            package static let typeChanged = Kind(rawValue: "incident.incident_type.changed")
            package static let conferenceBridgeUpdated = Kind(rawValue: "incident.conference_bridge.updated")
            package static let customFieldsUpdated = Kind(rawValue: "incident.custom_field_values.updated")
            package static let roleAssigned = Kind(rawValue: "incident.role.assigned")
            package static let taskCreated = Kind(rawValue: "incident.task.created")
            package static let taskUpdated = Kind(rawValue: "incident.task.updated")
            package static let taskCompleted = Kind(rawValue: "incident.task.completed")
            package static let workflowStarted = Kind(rawValue: "incident.workflow.started")
            package static let workflowCompleted = Kind(rawValue: "incident.workflow.completed")
            package static let actionCreated = Kind(rawValue: "incident.action_invocation.created")
            package static let actionUpdated = Kind(rawValue: "incident.action_invocation.updated")
            package static let actionTerminated = Kind(rawValue: "incident.action_invocation.terminated")

            /// Every kind of event of an incident that PagerDuty documents.
            /// - SeeAlso: <https://developer.pagerduty.com/docs/webhooks-overview#event-types>
            package static let all: [Kind] = [
                triggered, acknowledged, unacknowledged, resolved, reopened, escalated, reassigned, delegated,
                annotated, priorityUpdated, responderAdded, responderReplied, statusUpdatePublished, serviceUpdated,
                typeChanged, conferenceBridgeUpdated, customFieldsUpdated, roleAssigned, taskCreated, taskUpdated,
                taskCompleted, workflowStarted, workflowCompleted, actionCreated, actionUpdated, actionTerminated,
            ]
        }

        /// What an event tells besides the incident. All of it is text from outside.
        package enum Subject: Hashable, Sendable {
            case nothing
            case note(String)
            case statusUpdate(String)
            /// Somebody, or whoever a policy finds, was asked to help; the state is `pending`, `accepted`, `declined`…
            case responder(Reference?, policy: Reference?, state: String?, message: String?)
            case role(String?, assignee: Reference?)
            case task(String, status: String?)
            case workflow(String)
            case action(String, state: String?)
            case conferenceBridge(number: String?, link: WebLink?)
            /// Names and values of fields, as texts.
            case customFields([CustomField])
        }

        /// A field of the account's own.
        package struct CustomField: Hashable, Sendable {
            package var name: String
            package var value: String

            package init(name: String, value: String) {
                self.name = name
                self.value = value
            }
        }
    }
}
