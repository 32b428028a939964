private import PluginAPI

extension PagerDutyWrite where Response == PagerDuty.Removed {
    /// Removes an extension: `DELETE /extensions/{id}`.
    package static func removeExtension(_ id: PagerDuty.ID) -> Self {
        Self(HTTPRequest("DELETE", "/extensions/\(id)", headers: [HTTPRequest.accept]), needsFrom: false) { _ in
            PagerDuty.Removed()
        }
    }
}
