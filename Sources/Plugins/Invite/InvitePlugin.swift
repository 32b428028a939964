import PagerDutyKit
package import PluginAPI

/// `/pd invite @person`: adds a colleague to the PagerDuty account as a responder.
package struct InvitePlugin: Plugin {
    package static let manifest = Manifest(
        "invite", "Invite people to PagerDuty",
        scopes: [
            Scope("users:read", because: "to tell people from apps and guests"),
            Scope("users:read.email", because: "PagerDuty sends the invitation to the e-mail address"),
        ],
        accounts: [PagerDuty.provider])

    package init() {}

    package var routes: [Route<InvitePlugin>] {
        Handle(Invite.self)
    }
}
