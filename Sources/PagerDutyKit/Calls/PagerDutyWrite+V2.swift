private import PluginAPI

extension PagerDutyWrite where Response == PagerDuty.Done {
    /// Removes an extension: `DELETE /extensions/{id}`.
    package static func removeExtension(_ id: PagerDuty.ID) -> Self {
        Self(.delete("/extensions/\(id)"), needsFrom: false)
    }
}
