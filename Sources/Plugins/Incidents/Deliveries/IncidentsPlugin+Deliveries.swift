import PagerDutyKit
import PluginAPI

extension IncidentsPlugin {
    /// What PagerDuty tells.
    var deliveryRoutes: [Route<IncidentsPlugin>] { [] }
}
