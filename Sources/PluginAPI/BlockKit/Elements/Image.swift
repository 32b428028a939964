extension Element {
    /// An image beside a section's text.
    /// - Parameters:
    ///   - url: A public `https` address, at most 3,000 characters.
    ///   - alt: What it shows, for those who cannot see it; at most 2,000 characters.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/image-element>
    public static func image(url: String, alt: String) -> Element {
        Element(kind: .image(ImageElement(url: url, alt: alt)))
    }
}

package struct ImageElement: ElementContent {
    let url: String
    var alt: String

    var type: String { "image" }
    var kind: Element.Kind { .image(self) }
    var places: ElementPlaces { .section }
    var action: String? { nil }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("image_url", url)
        writer.member("alt_text", alt)
    }
}

extension ImageElement {
    func check(_ inspection: inout Inspection) {
        inspection.url(url, at: "image_url")
        inspection.string(alt, 1...SlackLimits.imageText, at: "alt_text", mend: "say it in fewer words")
    }

    mutating func clip() {
        alt = Clip.label(alt, to: SlackLimits.imageText) ?? "image"
    }
}
