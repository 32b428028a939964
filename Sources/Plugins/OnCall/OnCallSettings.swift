import PluginAPI

/// Settings of `/pd oncall`.
package struct OnCallSettings: PluginSettings {
    /// - `requireLink` (boolean, optional, default: false): Only people with a linked PagerDuty account may ask, and see
    ///   what PagerDuty lets them see.
    package var requireLink = false

    package init() {}
}
