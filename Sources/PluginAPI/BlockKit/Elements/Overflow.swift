extension Element {
    /// A menu behind "⋯".
    /// - Parameters:
    ///   - action: The action id.
    ///   - options: 2 to 5 choices.
    ///   - confirm: Asked before.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element>
    public static func overflow(action: String, options: [Option], confirm: Confirm? = nil) -> Element {
        Element(kind: .overflow(OverflowElement(id: action, options: options, confirm: confirm)))
    }
}

package struct OverflowElement: ElementContent {
    let id: String
    var options: [Option]
    var confirm: Confirm?

    var type: String { "overflow" }
    var kind: Element.Kind { .overflow(self) }
    var places: ElementPlaces { [.section, .actions] }
    var action: String? { id }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("options", options: options)
        writer.member("confirm", confirm: confirm)
    }
}

extension OverflowElement {
    func check(_ inspection: inout Inspection) {
        inspection.check(options, SlackLimits.overflowOptions, in: .overflow)
        confirm?.check(&inspection)
    }

    mutating func clip() {
        options = options.fitting(SlackLimits.overflowOptions.upperBound, in: .overflow)
        confirm?.clip()
    }
}
