package import PluginAPI

/// A form that a person has open, as Slack keeps it: what stands in its fields, too.
package struct OpenForm: Sendable {
    package let id: String
    package let pluginID: String
    package let workspace: Workspace
    /// Where the person was when it opened.
    package let channel: Channel?
    package private(set) var view: JSONValue
    /// What stands in the fields, by the elements' action ids as Slack sees them.
    package var values: [String: FieldValue] = [:]
    /// What is wrong, by label; set by the last submission.
    package var errors: [String: String] = [:]

    init(id: String, pluginID: String, workspace: Workspace, channel: Channel?, view: JSONValue) {
        self.id = id
        self.pluginID = pluginID
        self.workspace = workspace
        self.channel = channel
        self.view = view
        values = Dictionary(FormField.all(in: view).map { ($0.actionID, $0.initial) }) { first, _ in first }
    }

    /// Draws it anew; fields that stay keep what was typed.
    mutating func redraw(_ view: JSONValue) {
        let typed = values
        self.view = view
        errors = [:]
        values = [:]
        for field in FormField.all(in: view) {
            values[field.actionID] = field.initial == .none ? typed[field.actionID] ?? .none : field.initial
        }
    }

    var fields: [FormField] { FormField.all(in: view) }
    var callbackID: String { view["callback_id"].string ?? "" }
    var privateMetadata: String { view["private_metadata"].string ?? "" }

    /// As the plugin is given it.
    func reference(in plugin: String) -> ViewRef {
        ViewRef(
            id: id, callbackID: WireID.own(callbackID, of: plugin), hash: nil, privateMetadata: privateMetadata)
    }

    /// What stands in the fields, by the ids that the plugin gave them.
    func fieldValues(of plugin: String) -> FieldValues {
        FieldValues(
            Dictionary(values.map { (WireID.own($0.key, of: plugin), $0.value) }) { first, _ in first })
    }
}
