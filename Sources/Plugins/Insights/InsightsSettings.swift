import PluginAPI

/// Settings of `/pd insights`.
package struct InsightsSettings: PluginSettings {
    /// - `requireLink` (boolean, optional, default: false): Only people with a linked PagerDuty account may subscribe,
    ///   and reports hold what PagerDuty lets them see.
    package var requireLink = false

    package init() {}
}
