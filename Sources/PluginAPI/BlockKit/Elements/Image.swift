extension Element {
    /// An image beside a section's text.
    /// - Parameters:
    ///   - url: A public `https` address, at most 3,000 characters.
    ///   - alt: What it shows, for those who cannot see it; at most 2,000 characters.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/image-element>
    public static func image(url: String, alt: String) -> Element {
        Element(kind: .image(ImageElement(source: .url(url), alt: alt)))
    }
}

package struct ImageElement: ElementContent {
    /// Where the picture is.
    enum Source: Sendable, Hashable {
        case url(String)
        case file(SlackFile)
    }

    let source: Source
    var alt: String

    var type: String { "image" }
    var kind: Element.Kind { .image(self) }
    var places: ElementPlaces { .section }
    var action: String? { nil }

    func writeMembers(to writer: inout JSONWriter) {
        switch source {
        case .url(let url): writer.member("image_url", url)
        case .file(let file): writer.member("slack_file", json: ["id": .string(file.id)])
        }
        writer.member("alt_text", alt)
    }
}

extension ImageElement {
    func check(_ inspection: inout Inspection) {
        switch source {
        case .url(let url): inspection.url(url, at: "image_url")
        case .file(let file): inspection.string(file.id, 1...255, at: "slack_file/id", mend: "upload the file first")
        }
        inspection.string(alt, 1...SlackLimits.imageText, at: "alt_text", mend: "say it in fewer words")
    }

    mutating func clip() {
        alt = Clip.label(alt, to: SlackLimits.imageText) ?? "image"
    }
}
