package import PluginAPI

// What a plugin is given. The ids of its buttons, blocks and forms come back from Slack with the host's prefix, which
// is taken off here; an id without it is passed on as it is.

extension Origin {
    /// The person behind a request, nil if there is none or it does not say where it was.
    package var person: Person? {
        guard let userID, let home = userTeamID ?? teamID ?? enterpriseID else { return nil }
        return Person(id: userID, teamID: home, organizationID: enterpriseID)
    }
}

extension InputState {
    /// The values by action id, without the prefix.
    package func fields(removing prefix: String) -> FieldValues {
        FieldValues(
            Dictionary(entries.map { (unprefixed($0.actionID, prefix), $0.value) }) { first, _ in first })
    }
}

extension ViewPayload {
    /// The view as a plugin names it.
    package func reference(removing prefix: String) -> ViewRef {
        ViewRef(id: id, callbackID: unprefixed(callbackID, prefix), hash: hash, privateMetadata: privateMetadata)
    }
}

extension BlockActions {
    /// One of the actions as a plugin is given it; nil if the request names no person.
    package func request(_ action: Action, removing prefix: String) -> ActionRequest? {
        guard let person = origin.person else { return nil }
        return ActionRequest(
            id: unprefixed(action.actionID, prefix), blockID: unprefixed(action.blockID, prefix), value: action.value,
            person: person, message: message, view: view?.reference(removing: prefix),
            fields: state.fields(removing: prefix))
    }
}

extension ViewSubmission {
    /// The submission as a plugin is given it; nil if the request names no person.
    package func request(removing prefix: String) -> Submission? {
        guard let person = origin.person else { return nil }
        return Submission(
            person: person, view: view.reference(removing: prefix), fields: view.state.fields(removing: prefix))
    }
}

extension ViewClosed {
    /// The closed form as a plugin is given it; nil if the request names no person.
    package func request(removing prefix: String) -> FormClosed? {
        guard let person = origin.person else { return nil }
        return FormClosed(person: person, view: view.reference(removing: prefix), isCleared: isCleared)
    }
}

extension BlockSuggestion {
    /// The question as a plugin is given it; nil if the request names no person.
    package func request(removing prefix: String) -> OptionsQuery? {
        guard let person = origin.person else { return nil }
        return OptionsQuery(
            id: unprefixed(actionID, prefix), blockID: unprefixed(blockID, prefix), typed: typed, person: person,
            view: view?.reference(removing: prefix))
    }
}

extension GlobalShortcut {
    /// The shortcut as a plugin is given it; nil if the request names no person.
    package func request(removing prefix: String) -> ShortcutRequest? {
        guard let person = origin.person else { return nil }
        return ShortcutRequest(id: unprefixed(callbackID, prefix), person: person)
    }
}

extension MessageShortcut {
    /// The shortcut as a plugin is given it; nil if the request names no person.
    package func request(removing prefix: String) -> ShortcutRequest? {
        guard let person = origin.person else { return nil }
        return ShortcutRequest(
            id: unprefixed(callbackID, prefix), person: person, message: message, messageContent: messageContent)
    }
}

extension EventCallback {
    /// The event as a plugin is given it.
    package var request: SlackEvent { SlackEvent(type: type, id: eventID, payload: event) }
}

/// Bytes, because a prefix that merely equals the host's is another one.
private func unprefixed(_ id: String, _ prefix: String) -> String {
    guard !prefix.isEmpty, id.utf8.starts(with: prefix.utf8) else { return id }
    return String(decoding: id.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
}
