package import PluginAPI

/// `/pd unlink`: ends the link between a Slack user and their PagerDuty user.
package struct UnlinkPlugin: Plugin {
    static let provider = "pagerduty"

    package static let manifest = Manifest(
        "unlink", "Unlink your PagerDuty account", accounts: [provider])

    package init() {}

    package var routes: [Route<UnlinkPlugin>] {
        Handle(Unlink.self)
    }
}
