import PagerDutyKit
import PluginAPI

extension IncidentsPlugin {
    /// What PagerDuty tells, and what has to be asked for.
    var deliveryRoutes: [Route<IncidentsPlugin>] {
        [
            OnDelivery(PagerDutyV3Source.name) { delivery, context in
                if let salvaged = SalvagedIncident(delivered: delivery.body) {
                    return try await SalvageDesk(context).take(salvaged)
                }
                guard let event = try WebhookV3(delivery.body).incidentEvent else { return }
                try await IncidentDesk(context).take(event)
            },
            OnDelivery(PagerDutyV2Source.name) { delivery, context in
                if let salvaged = SalvagedIncident(delivered: delivery.body) {
                    return try await SalvageDesk(context).take(salvaged)
                }
                try await IncidentDesk(context).take(WebhookV2Message(delivery.body).event)
            },
            Perform(LookIntoIncident.self),
            Every(.seconds(60), "reconcile") { context in try await Reconciliation(context).run() },
        ]
    }
}
