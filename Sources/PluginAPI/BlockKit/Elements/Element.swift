/// Something in a block that a person can press, choose from or type into, or an image.
///
/// Action ids are the plugin's own; the host puts the plugin's id before them on the way to Slack and takes it off again.
/// An action id has at most 255 characters, the prefix included, and is unique in its block.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements>
public struct Element: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case button(ButtonElement)
        case overflow(OverflowElement)
        case select(SelectElement)
        case choices(ChoicesElement)
        case picker(PickerElement)
        case text(TextElement)
        case number(NumberElement)
        case image(ImageElement)
    }

    package private(set) var kind: Kind
    /// Whether the cursor goes here as a form opens.
    var wantsFocus = false

    var content: any ElementContent {
        switch kind {
        case .button(let content): content
        case .overflow(let content): content
        case .select(let content): content
        case .choices(let content): content
        case .picker(let content): content
        case .text(let content): content
        case .number(let content): content
        case .image(let content): content
        }
    }

    /// The action id without the host's prefix; `nil` for an image.
    package var action: String? { content.action }

    func write(to writer: inout JSONWriter) {
        let content = content
        writer.object { writer in
            writer.member("type", content.type)
            writer.id("action_id", content.action)
            content.writeMembers(to: &writer)
            if wantsFocus { writer.member("focus_on_load", true) }
        }
    }
}

extension Element {
    func check(in place: ElementPlaces, _ inspection: inout Inspection) {
        let content = content
        if !content.places.contains(place) {
            inspection.report("a \(content.type) cannot stand here", mend: "it can stand in \(content.places.names)")
        }
        if let action = content.action { inspection.id(action, at: "action_id") }
        content.check(&inspection)
    }

    /// The element within the limits; `nil` where it cannot be shown.
    func fitting(in place: ElementPlaces, idPrefix: String) -> Element? {
        var content = content
        content.clip()
        let element = Element(kind: content.kind, wantsFocus: wantsFocus)
        var inspection = Inspection(idPrefix: idPrefix)
        element.check(in: place, &inspection)
        return inspection.hasErrors ? nil : element
    }
}
