package import PagerDutyKit
import PluginAPI

/// Settings of `/pd trigger`.
package struct TriggerSettings: PluginSettings {
    /// - `defaultUrgency` (`high` or `low`, optional, default: `high`): The urgency that the form starts with.
    package var defaultUrgency = PagerDuty.Urgency.high

    package init() {}
}
