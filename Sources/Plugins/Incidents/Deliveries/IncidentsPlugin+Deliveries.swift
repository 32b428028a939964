import PagerDutyKit
import PluginAPI

extension IncidentsPlugin {
    /// What PagerDuty tells.
    var deliveryRoutes: [Route<IncidentsPlugin>] {
        [
            OnDelivery(PagerDutyV3Source.name) { delivery, context in
                guard let event = try WebhookV3(delivery.body).incidentEvent else { return }
                try await IncidentDesk(context).take(event)
            },
            Perform(LookIntoIncident.self),
        ]
    }
}
