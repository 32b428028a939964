/// How a button looks.
public struct ButtonStyle: Sendable, Hashable {
    package let name: String?

    /// Like any other.
    public static let standard = ButtonStyle(name: nil)
    /// Green; for one button among several at most.
    public static let primary = ButtonStyle(name: "primary")
    /// Red; for what cannot be undone.
    public static let danger = ButtonStyle(name: "danger")
}

extension Element {
    /// A button.
    /// - Parameters:
    ///   - label: At most 75 characters.
    ///   - action: The action id, for `OnAction`.
    ///   - value: What the handler is given, at most 2,000 characters.
    ///   - style: Its colour.
    ///   - url: Opened in the browser when it is pressed, at most 3,000 characters; the handler is called as well.
    ///   - confirm: Asked before.
    ///   - accessibilityLabel: Read out instead of the label, at most 75 characters.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/button-element>
    public static func button(
        _ label: String, action: String, value: String? = nil, style: ButtonStyle = .standard, url: String? = nil,
        confirm: Confirm? = nil, accessibilityLabel: String? = nil
    ) -> Element {
        Element(
            kind: .button(
                ButtonElement(
                    id: action, label: label, value: value, style: style, url: url, confirm: confirm,
                    accessibilityLabel: accessibilityLabel)))
    }
}

package struct ButtonElement: ElementContent {
    let id: String
    var label: String
    let value: String?
    let style: ButtonStyle
    let url: String?
    var confirm: Confirm?
    var accessibilityLabel: String?

    var type: String { "button" }
    var kind: Element.Kind { .button(self) }
    var places: ElementPlaces { [.section, .actions] }
    var action: String? { id }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("text", plain: label)
        writer.member("value", value)
        writer.member("style", style.name)
        writer.member("url", url)
        writer.member("confirm", confirm: confirm)
        writer.member("accessibility_label", accessibilityLabel)
    }
}

extension ButtonElement {
    func check(_ inspection: inout Inspection) {
        inspection.plain(label, 1...SlackLimits.buttonText, at: "text")
        if let value {
            inspection.string(
                value, 0...SlackLimits.buttonValue, at: "value", mend: "store the data, and give the button its key")
        }
        if let url { inspection.url(url, at: "url") }
        if let accessibilityLabel {
            inspection.string(
                accessibilityLabel, 1...SlackLimits.buttonText, at: "accessibility_label", mend: "shorten it")
        }
        confirm?.check(&inspection)
    }

    mutating func clip() {
        label = Clip.plain(label, to: SlackLimits.buttonText)
        accessibilityLabel = Clip.label(accessibilityLabel, to: SlackLimits.buttonText)
        confirm?.clip()
    }
}
