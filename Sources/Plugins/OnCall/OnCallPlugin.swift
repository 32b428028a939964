import PagerDutyKit
package import PluginAPI

/// `/pd oncall`: who is on call for a service.
package struct OnCallPlugin: Plugin {
    package typealias Settings = OnCallSettings

    package static let manifest = Manifest(
        "oncall", "See who is on call",
        scopes: [
            Scope("groups:read", because: "to tell whether the app is in the private channel it was asked in"),
            Scope("im:read", because: "to tell the direct message with the app from one between two people"),
            Scope("mpim:read", because: "to tell whether the app is in the group message it was asked in"),
        ],
        accounts: [PagerDuty.provider])

    package init() {}

    package var routes: [Route<OnCallPlugin>] {
        Handle(OnCall.self)
        OnOptions(OnCallAnswer.Action.service) { query, context in
            .options(try await RotaReader(context).search.typed(query.typed).map { .choice($0.name, $0.id) })
        }
        OnAction(OnCallAnswer.Action.service) { action, context in
            .update(try await OnCallAnswer.of(action.value.string, page: 0, context))
        }
        OnAction(OnCallAnswer.Action.page + "*") { action, context in
            guard let place = OnCallAnswer.Place(action.value.string) else { return .nothing }
            return .update(try await OnCallAnswer.of(place.service, page: place.page, context))
        }
        OnAction(OnCallAnswer.Action.share) { action, context in
            if let objection = try await OnCallPlace(context).objection() { return .ephemeral(Message(objection)) }
            return .inChannel(try await OnCallAnswer.shared(action.value.string, by: action.person, context))
        }
    }
}
