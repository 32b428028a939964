extension SlackSimulator {
    private func viewArgument(_ call: SlackCall, types: Set<String>) throws(SlackError) -> JSON {
        guard let view = try call.structured("view", orThrow: "invalid_arguments") else {
            throw SlackError("invalid_arguments", messages: ["missing required field: view [json-pointer:/view]"])
        }
        try BlockKitRules.check(view: view, types: types)
        return view
    }

    private func exchange(_ call: SlackCall) throws(SlackError) -> TriggerIDs.Trigger {
        guard let id = call.text("trigger_id") ?? call.text("interactivity_pointer") else {
            throw SlackError(
                "invalid_arguments", messages: ["missing required field: trigger_id [json-pointer:/trigger_id]"])
        }
        return try triggers.exchange(id, team: workspaces[call.team].id, at: clock.now)
    }

    private func requireFreshExternalID(_ content: JSON, team: Int, except view: String?) throws(SlackError) {
        guard let id = content["external_id"]?.string, !id.isEmpty,
            let other = views.view(externalID: id, team: workspaces[team].id), other.id != view
        else { return }
        throw SlackError("duplicate_external_id")
    }

    /// A view with everything that Slack adds to what the app sent.
    func makeView(
        _ content: JSON, team: Int, user: String, below: SlackView?, channel: String?
    ) -> SlackView {
        let id = ids.id("V")
        var view = SlackView(
            id: id, team: workspaces[team].id, user: user, content: content, hash: makeHash(),
            rootID: below?.rootID ?? id,
            previousID: below?.id, state: [:], channel: channel)
        fill(&view, with: content, keeping: [:])
        return view
    }

    /// Puts new content into a view; what was entered stays where block and action id stay the same.
    func fill(_ view: inout SlackView, with content: JSON, keeping old: [String: [String: JSON]]) {
        let blocks = BlockKitForm.complete(content["blocks"]?.array ?? [], ids: &ids)
        view.content = content.with(["blocks": .array(blocks)])
        view.hash = makeHash()
        view.state = [:]
        for place in BlockKitForm.elements(in: blocks) {
            let kept = old[place.blockID]?[place.actionID]
            let value =
                kept.flatMap { ElementValue.read($0, for: place.element) } ?? ElementValue.initial(of: place.element)
            if let value { view.state[place.blockID, default: [:]][place.actionID] = value }
        }
    }

    private func makeHash() -> String {
        let seconds = second
        return "\(seconds).\(ids.word(8))"
    }

    func json(_ view: SlackView) -> JSON {
        guard let team = workspaces.first(where: { $0.id == view.team }) else { return .null }
        return view.json(bot: team.bot)
    }

    func show(_ type: String, _ view: SlackView) {
        feed.send(ClientEvent(team: view.team, people: [view.user], type, ["view": json(view)]))
    }

    func openView(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let content = try viewArgument(call, types: ["modal"])
        try requireFreshExternalID(content, team: call.team, except: nil)
        let trigger = try exchange(call)
        let view = makeView(content, team: call.team, user: trigger.user, below: nil, channel: trigger.channel)
        views.open(view)
        show("view_opened", view)
        return ["view": json(view)]
    }

    func pushView(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let content = try viewArgument(call, types: ["modal"])
        try requireFreshExternalID(content, team: call.team, except: nil)
        let trigger = try exchange(call)
        let owner = ViewStacks.Owner(team: trigger.team, user: trigger.user)
        guard trigger.view != nil, let below = views.stack(of: owner).last else { throw SlackError("not_found") }
        let view = makeView(content, team: call.team, user: trigger.user, below: below, channel: below.channel)
        try views.push(view)
        show("view_pushed", view)
        return ["view": json(view)]
    }

    func updateView(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let content = try viewArgument(call, types: ["modal", "home"])
        let team = workspaces[call.team].id
        let found =
            if let id = call.text("view_id") {
                views.view(id, team: team)
            } else {
                views.view(externalID: call.text("external_id") ?? "", team: team)
            }
        guard var view = found, view.type == content["type"]?.string else { throw SlackError("not_found") }
        if let hash = call.text("hash"), hash != view.hash { throw SlackError("hash_conflict") }
        try requireFreshExternalID(content, team: call.team, except: view.id)
        fill(&view, with: content, keeping: view.state)
        views.replace(view)
        show("view_updated", view)
        return ["view": json(view)]
    }

    func publishView(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        guard manifest.hasHome else { throw SlackError("not_enabled") }
        let content = try viewArgument(call, types: ["home"])
        guard let user = call.text("user_id"), workspaces[call.team].person(user) != nil else {
            throw SlackError("invalid_arguments", messages: ["invalid `user_id` [json-pointer:/user_id]"])
        }
        let old = views.home(of: ViewStacks.Owner(team: workspaces[call.team].id, user: user))
        if let hash = call.text("hash"), let old, hash != old.hash { throw SlackError("hash_conflict") }
        var view = makeView(content, team: call.team, user: user, below: nil, channel: nil)
        if let old {
            view.id = old.id
            view.rootID = old.id
        }
        views.publish(view)
        show("home_published", view)
        return ["view": json(view)]
    }
}
