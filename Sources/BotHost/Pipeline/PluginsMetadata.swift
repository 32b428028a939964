import PluginAPI

// A view comes back from Slack with the host's metadata around the plugin's; the plugin is given its own.

extension ViewRef {
    var withPluginsMetadata: ViewRef {
        ViewRef(
            id: id, callbackID: callbackID, hash: hash,
            privateMetadata: FormOrigin.parse(privateMetadata).plugins)
    }
}

extension ActionRequest {
    var withPluginsMetadata: ActionRequest {
        guard let view else { return self }
        return ActionRequest(
            id: id, blockID: blockID, value: value, person: person, message: message, view: view.withPluginsMetadata,
            fields: fields)
    }
}

extension Submission {
    var withPluginsMetadata: Submission {
        Submission(person: person, view: view.withPluginsMetadata, fields: fields)
    }
}

extension FormClosed {
    var withPluginsMetadata: FormClosed {
        FormClosed(person: person, view: view.withPluginsMetadata, isCleared: isCleared)
    }
}

extension OptionsQuery {
    var withPluginsMetadata: OptionsQuery {
        guard let view else { return self }
        return OptionsQuery(
            id: id, blockID: blockID, typed: typed, person: person, view: view.withPluginsMetadata)
    }
}
