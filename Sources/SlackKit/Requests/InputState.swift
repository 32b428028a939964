package import PluginAPI

/// What stands in the inputs of a form or message: `state.values` of Slack's payloads.
///
/// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
package struct InputState: Sendable, Equatable {
    /// One input's value and its place.
    package struct Entry: Sendable, Equatable {
        package let blockID: String
        package let actionID: String
        package let value: FieldValue
    }

    /// The inputs, in the order of their block ids and action ids: JSON keeps no order.
    package let entries: [Entry]

    package init(entries: [Entry] = []) {
        self.entries = entries
    }

    /// The values by action id. An app that gives one action id to inputs of several blocks gets the first one's.
    package func valuesByAction() -> [String: FieldValue] {
        Dictionary(entries.map { ($0.actionID, $0.value) }) { first, _ in first }
    }

    init(_ state: WireObject?) throws(DecodeFault) {
        guard let state, let values = try state.optionalObject("values") else {
            self.init()
            return
        }
        var entries: [Entry] = []
        for blockID in values.members.keys.sorted() {
            let block = try values.object(blockID)
            for actionID in block.members.keys.sorted() {
                let value = try FieldValue(element: block.object(actionID))
                entries.append(Entry(blockID: blockID, actionID: actionID, value: value))
            }
        }
        self.init(entries: entries)
    }
}
